package dev.adjoint.op;

import java.util.List;

/// Where a function of one real number is defined and smooth.
///
/// @param low the lower end of the domain
/// @param high the upper end
/// @param kinks points at which the derivative jumps or is missing
public record Domain(double low, double high, List<Double> kinks) {
    public Domain {
        kinks = List.copyOf(kinks);
    }

    /// All real numbers, smooth everywhere.
    public static Domain reals() {
        return new Domain(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, List.of());
    }

    /// The numbers above `low`.
    public static Domain above(double low) {
        return new Domain(low, Double.POSITIVE_INFINITY, List.of());
    }

    public Domain withKinks(Double... points) {
        return new Domain(low, high, List.of(points));
    }

    public boolean contains(double x) {
        return low < x && x < high;
    }

    /// The domain as an interval: `(0, ∞)`.
    @Override
    public String toString() {
        String interval = "(" + end(low) + ", " + end(high) + ")";
        return kinks.isEmpty() ? interval : interval + " kinks at " + kinks;
    }

    private static String end(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
