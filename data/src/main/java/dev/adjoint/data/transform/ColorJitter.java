package dev.adjoint.data.transform;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;

/// Brightness, contrast and saturation changed at random, in this order: x·b, m + (x − m)·c for the mean grey m of the image,
/// and g + (x − g)·s for the grey g of the pixel; then cut to 0 … 1. The factors b, c and s are uniform in
/// [1 − range, 1 + range).
///
/// Grey is 0.299·red + 0.587·green + 0.114·blue (ITU-R BT.601); an image without three channels has no saturation and the
/// mean of its channels as grey.
///
/// @param brightness range of b, 0 … 1
/// @param contrast range of c, 0 … 1
/// @param saturation range of s, 0 … 1
public record ColorJitter(double brightness, double contrast, double saturation) implements ImageTransform {
    private static final double[] GREY = {0.299, 0.587, 0.114};

    /// @throws InvalidArgument if a range is outside 0 … 1
    public ColorJitter {
        for (double range : new double[] {brightness, contrast, saturation}) {
            if (!(range >= 0 && range <= 1)) {
                throw new InvalidArgument("a range of colour jitter must lie between 0 and 1, not at " + range);
            }
        }
    }

    @Override
    public Image apply(Image image, Key key) {
        double b = factor(brightness, key.uniform(0));
        double c = factor(contrast, key.uniform(1));
        double s = image.channels() == 3 ? factor(saturation, key.uniform(2)) : 1;
        double mean = b * meanGrey(image);
        return image.with((channel, y, x) -> {
            double value = mean + (b * image.get(channel, y, x) - mean) * c;
            double grey = mean + (b * grey(image, y, x) - mean) * c;
            return (float) Math.clamp(grey + (value - grey) * s, 0.0, 1.0);
        });
    }

    private static double factor(double range, double uniform) {
        return 1 + range * (2 * uniform - 1);
    }

    private static double grey(Image image, int y, int x) {
        double grey = 0;
        for (int channel = 0; channel < image.channels(); channel++) {
            double weight = image.channels() == 3 ? GREY[channel] : 1.0 / image.channels();
            grey += weight * image.get(channel, y, x);
        }
        return grey;
    }

    private static double meanGrey(Image image) {
        double sum = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                sum += grey(image, y, x);
            }
        }
        return sum / ((double) image.height() * image.width());
    }
}
