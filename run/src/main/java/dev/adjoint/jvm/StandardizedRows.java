package dev.adjoint.jvm;

import java.util.Arrays;

/// Some rows of floats that are brought to zero mean and unit variance, in arrays that stay in the cache.
///
/// Loops go over all rows at once, at the same places of arrays of their own, since loops over one row are too short for vectors:
/// what a row has one of is repeated along it. Before rows are summed, their runs of 64, 128 or 256 elements are folded to 32 in
/// float; the rest of the way is in double.
final class StandardizedRows {
    /// The shortest rows that are folded.
    static final int SHORTEST = 64;

    private static final int LANES = 32;
    private static final int LONGEST_RUN = 256;

    private final int length;
    private final double epsilon;

    /// Elements that are folded together, and how many of a row are in whole runs.
    private final int run;

    private final int inRuns;

    /// Rows: as they were read, then without their mean, then standardized.
    private final float[] x;

    private final float[] terms;
    private final float[] mean;
    private final float[] scale;
    private final double[] sums;
    private int rows;

    /// @param most how many rows there is room for
    /// @param length the elements of a row, at least [#SHORTEST]
    StandardizedRows(int most, int length, double epsilon) {
        this.length = length;
        this.epsilon = epsilon;
        this.run = Math.min(LONGEST_RUN, Integer.highestOneBit(length));
        this.inRuns = length / run * run;
        this.x = new float[most * length];
        this.terms = new float[most * length];
        this.mean = new float[most * length];
        this.scale = new float[most * length];
        this.sums = new double[most];
    }

    /// x − x̄ of other rows, and 1/√(σ² + ε).
    void read(float[] from, int at, int count) {
        rows = count;
        System.arraycopy(from, at, x, 0, elements());
        System.arraycopy(x, 0, terms, 0, elements());
        means(terms, mean);
        subtract(x, mean, elements());
        multiply(x, x, terms, elements());
        sum(terms);
        for (int row = 0; row < rows; row++) {
            repeat((float) (1 / Math.sqrt(sums[row] / length + epsilon)), row, scale);
        }
    }

    /// The elements of the rows.
    int elements() {
        return rows * length;
    }

    /// ŷ·γ + β.
    void scaled(float[] weight, float[] bias, float[] to, int at) {
        affine(x, scale, weight, bias, elements());
        System.arraycopy(x, 0, to, at, elements());
    }

    /// Makes the rows ŷ.
    void standardize() {
        multiply(x, scale, x, elements());
    }

    /// Adds Σ ct·ŷ and Σ ct over the rows.
    void addSums(float[] ct, double[] ofWeight, double[] ofBias) {
        multiply(ct, x, terms, elements());
        for (int row = 0; row < rows; row++) {
            Combining.SUM.into(terms, row * length, ofWeight, 0, length);
            Combining.SUM.into(ct, row * length, ofBias, 0, length);
        }
    }

    /// (g − mean(g) − ŷ·mean(g·ŷ))/√(σ² + ε) in place of g = ct·γ, with room for the second mean.
    void backward(float[] g, float[] weight, float[] along) {
        multiply(g, weight, g, elements());
        System.arraycopy(g, 0, terms, 0, elements());
        means(terms, mean);
        multiply(g, x, terms, elements());
        means(terms, along);
        project(g, mean, x, along, elements());
        multiply(g, scale, g, elements());
    }

    /// The same row again and again.
    void repeatRow(float[] row, float[] to) {
        for (int at = 0; at < to.length; at += length) {
            System.arraycopy(row, 0, to, at, length);
        }
    }

    private void repeat(float number, int row, float[] to) {
        Arrays.fill(to, row * length, (row + 1) * length, number);
    }

    private void means(float[] of, float[] to) {
        sum(of);
        for (int row = 0; row < rows; row++) {
            repeat((float) (sums[row] / length), row, to);
        }
    }

    /// The sum of each row; the rows are lost.
    private void sum(float[] of) {
        for (int row = 0; row < rows; row++) {
            sums[row] = Combining.SUM.line(of, row * length + inRuns, length - inRuns, 0);
        }
        fold(of);
        for (int row = 0; row < rows; row++) {
            for (int at = row * length; at < row * length + inRuns; at += run) {
                sums[row] += Combining.SUM.line(of, at, LANES, 0);
            }
        }
    }

    private void fold(float[] of) {
        fold32(of, elements() - 32);
        if (run >= 128) {
            fold64(of, elements() - 64);
        }
        if (run >= 256) {
            fold128(of, elements() - 128);
        }
    }

    /// The distance is a constant: with a variable one there are no vectors.
    private static void fold32(float[] x, int count) {
        for (int i = 0; i < count; i++) {
            x[i] = x[i] + x[i + 32];
        }
    }

    private static void fold64(float[] x, int count) {
        for (int i = 0; i < count; i++) {
            x[i] = x[i] + x[i + 64];
        }
    }

    private static void fold128(float[] x, int count) {
        for (int i = 0; i < count; i++) {
            x[i] = x[i] + x[i + 128];
        }
    }

    private static void subtract(float[] x, float[] y, int count) {
        for (int i = 0; i < count; i++) {
            x[i] = x[i] - y[i];
        }
    }

    private static void multiply(float[] x, float[] y, float[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = x[i] * y[i];
        }
    }

    private static void affine(float[] x, float[] scale, float[] weight, float[] bias, int count) {
        for (int i = 0; i < count; i++) {
            x[i] = x[i] * scale[i] * weight[i] + bias[i];
        }
    }

    private static void project(float[] g, float[] mean, float[] y, float[] along, int count) {
        for (int i = 0; i < count; i++) {
            g[i] = g[i] - mean[i] - y[i] * along[i];
        }
    }
}
