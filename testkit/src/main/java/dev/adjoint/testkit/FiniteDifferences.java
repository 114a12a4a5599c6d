package dev.adjoint.testkit;

import java.util.function.DoubleFunction;

/// Slopes of a curve h ↦ f(x + h·t) at h = 0, from its values alone: the independent truth that derivatives are held to.
final class FiniteDifferences {
    private static final double FIRST_STEP = 0x1.0p-6;
    private static final int LEVELS = 5;
    private static final double ONE_SIDED_STEP = 0x1.0p-20;

    private FiniteDifferences() {}

    /// A slope for every coordinate of the curve, and how far the last two extrapolations differ.
    static final class Slope {
        private final double[] value;
        private final double[] doubt;

        private Slope(double[] value, double[] doubt) {
            this.value = value;
            this.doubt = doubt;
        }

        double[] value() {
            return value.clone();
        }

        /// The largest doubt relative to the slope: tiny where the curve is smooth around 0.
        double worstDoubt() {
            double worst = 0;
            for (int i = 0; i < value.length; i++) {
                worst = Math.max(worst, Math.abs(doubt[i]) / Math.max(1, Math.abs(value[i])));
            }
            return worst;
        }
    }

    /// Central differences with steps h, h/2, h/4 …, extrapolated to step 0 (Romberg's scheme): the error falls with the
    /// tenth power of h, while rounding grows only with 1/h.
    static Slope central(DoubleFunction<double[]> curve) {
        double[][] row = new double[0][];
        double[] before = new double[0];
        for (int level = 0; level < LEVELS; level++) {
            double h = Math.scalb(FIRST_STEP, -level);
            double[][] next = new double[level + 1][];
            next[0] = difference(curve.apply(h), curve.apply(-h), 2 * h);
            for (int j = 1; j <= level; j++) {
                next[j] = extrapolated(next[j - 1], row[j - 1], Math.scalb(1.0, 2 * j));
            }
            before = level == 0 ? next[0] : row[level - 1];
            row = next;
        }
        double[] best = row[LEVELS - 1];
        return new Slope(best, difference(best, before, 1));
    }

    /// The slope on the right: (f(x + h·t) − f(x))/h.
    static double[] right(DoubleFunction<double[]> curve) {
        return difference(curve.apply(ONE_SIDED_STEP), curve.apply(0), ONE_SIDED_STEP);
    }

    /// The slope on the left: (f(x) − f(x − h·t))/h.
    static double[] left(DoubleFunction<double[]> curve) {
        return difference(curve.apply(0), curve.apply(-ONE_SIDED_STEP), ONE_SIDED_STEP);
    }

    private static double[] difference(double[] y, double[] x, double scale) {
        double[] result = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            result[i] = (y[i] - x[i]) / scale;
        }
        return result;
    }

    private static double[] extrapolated(double[] fine, double[] coarse, double factor) {
        double[] result = new double[fine.length];
        for (int i = 0; i < fine.length; i++) {
            result[i] = fine[i] + (fine[i] - coarse[i]) / (factor - 1);
        }
        return result;
    }
}
