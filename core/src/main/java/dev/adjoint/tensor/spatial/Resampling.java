package dev.adjoint.tensor.spatial;

import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// An axis of n elements brought to another extent o: a weighted sum of neighbours, each looked up for all new elements at
/// once. Neighbours outside are the last ones inside.
record Resampling(Interpolation interpolation, long n, long o) {
    private static final double CUBIC = -0.75;
    private static final double CATMULL_ROM = -0.5;

    Tensor nearest(Tensor x, int axis) {
        long[] places =
                IntStream.range(0, Math.toIntExact(o)).mapToLong(this::nearest).toArray();
        return x.gather(axis, Numbers.indices(x, Shape.of(o), places));
    }

    /// In whole numbers, so that no rounding moves a boundary.
    private long nearest(long i) {
        long place = switch (interpolation.coordinates()) {
            case HALF_PIXEL -> (2 * i + 1) * n / (2 * o);
            case ALIGN_CORNERS -> o == 1 ? 0 : (2 * i * (n - 1) + o - 1) / (2 * (o - 1));
            case ASYMMETRIC -> i * n / o;
        };
        return Math.clamp(place, 0, n - 1);
    }

    Tensor weighted(Tensor x, int axis) {
        boolean linear = interpolation.method() == Interpolation.Method.LINEAR;
        return IntStream.range(linear ? 0 : -1, linear ? 2 : 3)
                .mapToObj(tap -> neighbour(x, axis, tap))
                .flatMap(Optional::stream)
                .reduce(Tensor::add)
                .orElseGet(() -> nearest(x, axis));
    }

    /// The elements at ⌊s⌋ + tap times their weights; none if all weights are 0.
    private Optional<Tensor> neighbour(Tensor x, int axis, int tap) {
        double[] weights = new double[Math.toIntExact(o)];
        long[] places = new long[weights.length];
        for (int i = 0; i < weights.length; i++) {
            double source = source(i);
            double floor = Math.floor(source);
            weights[i] = weight(source - floor - tap);
            places[i] = Math.clamp((long) floor + tap, 0, n - 1);
        }
        if (DoubleStream.of(weights).allMatch(w -> w == 0)) {
            return Optional.empty();
        }
        Tensor read = x.gather(axis, Numbers.indices(x, Shape.of(o), places));
        return Optional.of(read.mul(Numbers.along(read, axis, weights)));
    }

    private double source(long i) {
        return switch (interpolation.coordinates()) {
            case HALF_PIXEL -> (2 * i + 1) * (double) n / (2.0 * o) - 0.5;
            case ALIGN_CORNERS -> o == 1 ? 0 : i * (double) (n - 1) / (o - 1);
            case ASYMMETRIC -> i * (double) n / o;
        };
    }

    /// The weight of a neighbour at a distance.
    private double weight(double distance) {
        double d = Math.abs(distance);
        return switch (interpolation.method()) {
            case NEAREST -> d < 0.5 ? 1 : 0;
            case LINEAR -> Math.max(0, 1 - d);
            case CUBIC -> cubic(d, CUBIC);
            case CATMULL_ROM -> cubic(d, CATMULL_ROM);
        };
    }

    /// Keys, "Cubic convolution interpolation for digital image processing", 1981, with the free parameter a.
    private static double cubic(double d, double a) {
        if (d < 1) {
            return ((a + 2) * d - (a + 3)) * d * d + 1;
        }
        return d < 2 ? a * (((d - 5) * d + 8) * d - 4) : 0;
    }
}
