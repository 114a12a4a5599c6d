package dev.adjoint.data.transform;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;

/// The image in another size. Where it shrinks, a pixel is the mean of those it covers; where it grows, it lies between its
/// neighbours (bilinear).
///
/// @param height rows afterwards
/// @param width columns afterwards
public record Resize(int height, int width) implements ImageTransform {
    /// @throws InvalidArgument if a size is below 1
    public Resize {
        if (height < 1 || width < 1) {
            throw new InvalidArgument("a size must be at least 1×1, not " + height + "×" + width);
        }
    }

    @Override
    public Image apply(Image image, Key key) {
        Axis rows = Axis.of(image.height(), height);
        Axis columns = Axis.of(image.width(), width);
        Image wide = image.with(
                image.height(), width, (channel, y, x) -> columns.sum(x, source -> image.get(channel, y, source)));
        return wide.with(height, width, (channel, y, x) -> rows.sum(y, source -> wide.get(channel, source, x)));
    }

    private interface Line {
        float at(int index);
    }

    /// One direction: a triangle of weights around the place a pixel comes from, as wide as the larger of both steps.
    private record Axis(int from, double step) {
        static Axis of(int from, int to) {
            return new Axis(from, (double) from / to);
        }

        float sum(int target, Line line) {
            double middle = (target + 0.5) * step - 0.5;
            double reach = Math.max(1, step);
            double sum = 0;
            double weights = 0;
            int last = Math.min(from - 1, (int) Math.floor(middle + reach));
            for (int i = Math.max(0, (int) Math.ceil(middle - reach)); i <= last; i++) {
                double weight = 1 - Math.abs(i - middle) / reach;
                sum += weight * line.at(i);
                weights += weight;
            }
            return (float) (sum / weights);
        }
    }
}
