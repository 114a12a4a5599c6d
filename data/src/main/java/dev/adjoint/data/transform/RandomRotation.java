package dev.adjoint.data.transform;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;

/// The image turned around its middle by an angle uniform in [−degrees, degrees), between pixels (bilinear); what comes in
/// from outside is 0.
///
/// @param degrees the largest angle, at least 0; positive angles turn to the left
public record RandomRotation(double degrees) implements ImageTransform {
    /// @throws InvalidArgument if the angle is below 0 or above 180
    public RandomRotation {
        if (!(degrees >= 0 && degrees <= 180)) {
            throw new InvalidArgument("the largest angle must lie between 0 and 180 degrees, not at " + degrees);
        }
    }

    @Override
    public Image apply(Image image, Key key) {
        return rotated(image, (2 * key.uniform(0) - 1) * degrees);
    }

    /// The image turned to the left by this angle.
    public static Image rotated(Image image, double degrees) {
        double cosine = Math.cos(Math.toRadians(degrees));
        double sine = Math.sin(Math.toRadians(degrees));
        double middleY = (image.height() - 1) / 2.0;
        double middleX = (image.width() - 1) / 2.0;
        // Every new pixel asks where it comes from: the inverse rotation, with y pointing down.
        return image.with((channel, y, x) -> {
            double down = y - middleY;
            double right = x - middleX;
            return image.between(
                    channel, middleY + cosine * down + sine * right, middleX + cosine * right - sine * down);
        });
    }
}
