package dev.adjoint.train.metric;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.Map;

/// Top-k accuracy: the share of examples whose class is among the k largest scores.
///
/// A class counts if fewer than k scores stand before its own: the larger ones, and of equal ones those of smaller index.
/// An example whose own score is NaN does not count. k = 1 is the accuracy.
///
/// @param k how many scores
/// @param found how many examples counted
/// @param examples of how many
public record TopK(int k, long found, long examples) implements Tally<TopK> {
    /// A batch.
    ///
    /// @param scores `[N,C]`
    /// @param labels class indices, `[N]`
    /// @throws InvalidArgument if k is not from 1 to C, or if scores and labels do not fit
    public static TopK of(int k, Tensor scores, Tensor labels) {
        Labels checked = Labels.of("top-k", scores, labels);
        if (k < 1 || k > checked.classes()) {
            throw new InvalidArgument(
                    "top-k: k lies between 1 and the number of classes, " + checked.classes() + ", not at " + k);
        }
        double[] numbers = Array.of(scores).toDoubles();
        long found = 0;
        for (int n = 0; n < checked.examples(); n++) {
            found += rank(numbers, n * checked.classes(), checked.classes(), checked.label(n)) < k ? 1 : 0;
        }
        return new TopK(k, found, checked.examples());
    }

    /// How many scores of a row stand before one of them.
    private static int rank(double[] scores, int row, int classes, int label) {
        double own = scores[row + label];
        int before = Double.isNaN(own) ? classes : 0;
        for (int c = 0; c < classes; c++) {
            double score = scores[row + c];
            before += score > own || (score == own && c < label) ? 1 : 0;
        }
        return before;
    }

    @Override
    public TopK plus(TopK other) {
        return new TopK(k, found + other.found, examples + other.examples);
    }

    /// The share.
    public double value() {
        return (double) found / examples;
    }

    @Override
    public Map<String, Double> figures() {
        return Map.of(k == 1 ? "accuracy" : "top-" + k + " accuracy", value());
    }
}
