package dev.adjoint.jvm;

import java.util.Arrays;

/// What is known of rows of scores x after some of their blocks: the greatest score M, ∑ e^(x − M), and on the way back
/// ∑ e^(x − M)·c over the cotangents c of the weights. When M grows, the sums so far are multiplied by e^(M before − M).
///
/// Sums of float32 are kept as doubles, too: a row has one of each. Source: Milakov and Gimelshein, "Online normalizer
/// calculation for softmax", 2018.
final class SoftmaxRows {
    final double[] max;

    /// The sums, and after [#finish] their reciprocals.
    final double[] sum;

    /// The sums over cotangents, and after [#finish] the mean of the cotangents by the weights.
    final double[] mean;

    /// By what the last block multiplied the sums so far.
    final double[] factor;

    /// The current rows.
    int at;

    int count;

    SoftmaxRows(int rows) {
        max = new double[rows];
        sum = new double[rows];
        mean = new double[rows];
        factor = new double[rows];
    }

    /// Forgets what the current rows held.
    void clear() {
        Arrays.fill(max, at, at + count, Double.NEGATIVE_INFINITY);
        Arrays.fill(sum, at, at + count, 0);
        Arrays.fill(mean, at, at + count, 0);
    }

    /// Takes a block's greatest score of a row along, and says what to subtract from its scores.
    double raise(int row, double greatest) {
        int i = at + row;
        double before = max[i];
        max[i] = Math.max(before, greatest);
        factor[i] = sum[i] == 0 ? 0 : Math.exp(before - max[i]);
        return shift(row);
    }

    /// What to subtract from a row's scores: its maximum, or 0 where it has none and every exponential is 0.
    double shift(int row) {
        double greatest = max[at + row];
        return greatest == Double.NEGATIVE_INFINITY ? 0 : greatest;
    }

    void addToSum(int row, double more) {
        sum[at + row] = sum[at + row] * factor[at + row] + more;
    }

    void addToMean(int row, double more) {
        mean[at + row] = mean[at + row] * factor[at + row] + more;
    }

    /// After the last block: a row without a sum gets no weight whatever its factor is.
    void finish() {
        for (int i = at; i < at + count; i++) {
            sum[i] = sum[i] == 0 ? 1 : 1 / sum[i];
            mean[i] *= sum[i];
        }
    }
}
