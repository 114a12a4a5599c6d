package dev.adjoint.data.transform;

import dev.adjoint.tensor.Key;

/// The image enlarged around its middle by a factor uniform in [least, most), between pixels (bilinear). Its size stays: what
/// leaves it is lost, what comes in is 0.
///
/// @param least the smallest factor, above 0
/// @param most the largest factor, at least the smallest
public record RandomScale(double least, double most) implements ImageTransform {
    /// @throws dev.adjoint.tensor.InvalidArgument if this is no range of positive numbers
    public RandomScale {
        Checks.range("the factors of a random scale", least, most);
    }

    @Override
    public Image apply(Image image, Key key) {
        double factor = least + (most - least) * key.uniform(0);
        double middleY = (image.height() - 1) / 2.0;
        double middleX = (image.width() - 1) / 2.0;
        return image.with((channel, y, x) ->
                image.between(channel, middleY + (y - middleY) / factor, middleX + (x - middleX) / factor));
    }
}
