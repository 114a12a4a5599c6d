package dev.adjoint.data.transform;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;

/// The window of a fixed size in the middle of the image; for testing, where [RandomCrop] is for training.
///
/// @param height rows of the window
/// @param width columns of the window
public record CenterCrop(int height, int width) implements ImageTransform {
    /// @throws InvalidArgument if a size is below 1
    public CenterCrop {
        if (height < 1 || width < 1) {
            throw new InvalidArgument("a crop needs a height and width of at least 1, not " + height + "×" + width);
        }
    }

    /// @throws InvalidArgument if the window is larger than the image
    @Override
    public Image apply(Image image, Key key) {
        if (height > image.height() || width > image.width()) {
            throw new InvalidArgument("a crop of " + height + "×" + width + " does not fit into " + image);
        }
        int top = (image.height() - height) / 2;
        int left = (image.width() - width) / 2;
        return image.with(height, width, (channel, y, x) -> image.get(channel, top + y, left + x));
    }
}
