package dev.adjoint.jvm;

import java.util.Arrays;

/// What is known of rows of scores x after some of their blocks: the greatest score M, ∑ e^(x − M), and on the way back
/// ∑ e^(x − M)·c over the cotangents c of the weights. When M grows, the sums so far are multiplied by e^(M before − M).
///
/// They are doubles for float32, too. Source: Milakov and Gimelshein, "Online normalizer
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

    /// A number for each of the current rows, which loops over a block make or use.
    final double[] lanes;

    /// @param rows of all blocks
    /// @param most rows of a block
    SoftmaxRows(int rows, int most) {
        lanes = new double[most];
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

    /// Begins with a block: there is no greatest score.
    void begin() {
        Arrays.fill(lanes, Double.NEGATIVE_INFINITY);
    }

    /// Takes the block's greatest scores along.
    void raise() {
        for (int i = 0; i < count; i++) {
            double before = max[at + i];
            max[at + i] = Math.max(before, lanes[i]);
            factor[at + i] = sum[at + i] == 0 ? 0 : Math.exp(before - max[at + i]);
        }
    }

    /// What to subtract from the scores: the maximum, or 0 where there is none and every exponential is 0.
    void shift() {
        for (int i = 0; i < count; i++) {
            double greatest = max[at + i];
            lanes[i] = greatest == Double.NEGATIVE_INFINITY ? 0 : greatest;
        }
    }

    void addToSums() {
        for (int i = 0; i < count; i++) {
            sum[at + i] = sum[at + i] * factor[at + i] + lanes[i];
        }
    }

    void addToMeans() {
        for (int i = 0; i < count; i++) {
            mean[at + i] = mean[at + i] * factor[at + i] + lanes[i];
        }
    }

    /// After the last block: a row without a sum gets no weight whatever its factor is.
    void finish() {
        for (int i = at; i < at + count; i++) {
            sum[i] = sum[i] == 0 ? 1 : 1 / sum[i];
            mean[i] *= sum[i];
        }
    }
}
