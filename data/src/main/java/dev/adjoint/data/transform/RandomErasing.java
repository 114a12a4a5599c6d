package dev.adjoint.data.transform;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;

/// A rectangle of the image set to 0, with a given probability: its area is a share of the image uniform in [least, most),
/// its proportion height/width log-uniform in [1/3, 3), its place uniform.
///
/// Source: Z. Zhong and others, "Random Erasing Data Augmentation", 2017, arXiv:1708.04896.
///
/// @param probability of erasing, 0 … 1
/// @param least smallest share of the area, above 0
/// @param most largest share of the area, at most 1
public record RandomErasing(double probability, double least, double most) implements ImageTransform {
    private static final double PROPORTION = Math.log(3);

    /// @throws InvalidArgument if the probability or the shares are outside their ranges
    public RandomErasing {
        Checks.probability(probability);
        Checks.range("the shares of random erasing", least, most);
        if (most > 1) {
            throw new InvalidArgument("at most the whole image can be erased, not a share of " + most);
        }
    }

    @Override
    public Image apply(Image image, Key key) {
        if (key.uniform(0) >= probability) {
            return image;
        }
        double area = (least + (most - least) * key.uniform(1)) * image.height() * image.width();
        double proportion = Math.exp(PROPORTION * (2 * key.uniform(2) - 1));
        int rows = Math.clamp(Math.round(Math.sqrt(area * proportion)), 1, image.height());
        int columns = Math.clamp(Math.round(Math.sqrt(area / proportion)), 1, image.width());
        int top = (int) (key.uniform(3) * (image.height() - rows + 1));
        int left = (int) (key.uniform(4) * (image.width() - columns + 1));
        return image.with((channel, y, x) -> {
            boolean erased = y >= top && y < top + rows && x >= left && x < left + columns;
            return erased ? 0 : image.get(channel, y, x);
        });
    }
}
