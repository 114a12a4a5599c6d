package dev.adjoint.data.transform;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;

/// A window of a fixed size at a random place of the image, around which lie `padding` rows and columns of 0.
///
/// @param height rows of the window
/// @param width columns of the window
/// @param padding rows and columns added at each edge before, at least 0
public record RandomCrop(int height, int width, int padding) implements ImageTransform {
    /// @throws InvalidArgument if a size is below 1 or the padding below 0
    public RandomCrop {
        if (height < 1 || width < 1 || padding < 0) {
            throw new InvalidArgument("a crop needs a height and width of at least 1 and a padding of at least 0, not "
                    + height + "×" + width + " and " + padding);
        }
    }

    /// @throws InvalidArgument if the window is larger than the padded image
    @Override
    public Image apply(Image image, Key key) {
        int rows = image.height() + 2 * padding - height;
        int columns = image.width() + 2 * padding - width;
        if (rows < 0 || columns < 0) {
            throw new InvalidArgument(
                    "a crop of " + height + "×" + width + " does not fit into " + image + " padded by " + padding);
        }
        int top = (int) (key.uniform(0) * (rows + 1)) - padding;
        int left = (int) (key.uniform(1) * (columns + 1)) - padding;
        return image.with(height, width, (channel, y, x) -> image.getOrZero(channel, top + y, left + x));
    }
}
