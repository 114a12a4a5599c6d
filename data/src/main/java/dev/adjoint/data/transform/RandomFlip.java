package dev.adjoint.data.transform;

import dev.adjoint.tensor.Key;

/// The image with left and right exchanged, or top and bottom, with a given probability.
///
/// @param probability of the flip, 0 … 1
/// @param axis which sides are exchanged
public record RandomFlip(double probability, Axis axis) implements ImageTransform {
    /// The axis along which the pixels change their order.
    public enum Axis {
        /// Left and right.
        HORIZONTAL,
        /// Top and bottom.
        VERTICAL
    }

    /// @throws dev.adjoint.tensor.InvalidArgument if the probability is outside 0 … 1
    public RandomFlip {
        Checks.probability(probability);
    }

    /// Left and right exchanged.
    public RandomFlip(double probability) {
        this(probability, Axis.HORIZONTAL);
    }

    @Override
    public Image apply(Image image, Key key) {
        if (key.uniform(0) >= probability) {
            return image;
        }
        int bottom = image.height() - 1;
        int right = image.width() - 1;
        return axis == Axis.HORIZONTAL
                ? image.with((channel, y, x) -> image.get(channel, y, right - x))
                : image.with((channel, y, x) -> image.get(channel, bottom - y, x));
    }
}
