package dev.adjoint.testkit;

/// One entry of a gradient beside its difference quotient.
///
/// @param name where it stands, for instance `layers.0.weight[1,2]`
/// @param analytic the entry of the gradient
/// @param numeric the extrapolated central difference
/// @param left the slope on the left
/// @param right the slope on the right
public record GradientEntry(String name, double analytic, double numeric, double left, double right) {
    /// Slopes that differ by more belong to a kink: curvature alone makes them differ by the size of the step.
    private static final double KINK = 1e-3;

    /// An entry at a point known to be smooth.
    static GradientEntry smooth(String name, double analytic, double numeric) {
        return new GradientEntry(name, analytic, numeric, numeric, numeric);
    }

    /// |analytic − numeric| / max(1, |analytic|, |numeric|).
    public double relativeError() {
        return Coordinates.relativeError(analytic, numeric);
    }

    /// Whether the two probes straddle a kink: the slopes on the two sides differ, and the gradient lies between them.
    public boolean isKink() {
        double slack = KINK * Math.max(1, Math.max(Math.abs(left), Math.abs(right)));
        return Math.abs(left - right) > slack
                && analytic >= Math.min(left, right) - slack
                && analytic <= Math.max(left, right) + slack;
    }

    boolean isWrong(double tolerance) {
        return !(relativeError() <= tolerance) && !isKink();
    }
}
