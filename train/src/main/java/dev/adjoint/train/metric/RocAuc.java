package dev.adjoint.train.metric;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The area under the ROC curve of two classes: the probability that a positive example has a larger score than a negative
/// one, equal scores counting half: (Σ ranks of the positive ones − P(P+1)/2)/(P·N).
///
/// Exact: all scores are kept, and ranked when the area is asked for.
///
/// Source: Mann, Whitney, "On a test of whether one of two random variables is stochastically larger than the other", 1947.
///
/// @param scored every example
public record RocAuc(List<Scored> scored) implements Tally<RocAuc> {
    /// One example: its score and its class, 0 or 1.
    public record Scored(double score, long label) {}

    public RocAuc {
        scored = List.copyOf(scored);
    }

    /// A batch.
    ///
    /// @param scores `[N]`; larger speaks for class 1
    /// @param labels 0 or 1, `[N]`
    /// @throws InvalidArgument if the shapes differ, a label is neither 0 nor 1, or a score is NaN
    public static RocAuc of(Tensor scores, Tensor labels) {
        if (scores.rank() != 1
                || !scores.shape().equals(labels.shape())
                || !labels.dtype().isInteger()) {
            throw new InvalidArgument(
                    "roc auc: scores [N] need classes [N], integers, not " + scores.type() + " and " + labels.type());
        }
        double[] numbers = Array.of(scores).toDoubles();
        long[] classes = Array.of(labels).toLongs();
        List<Scored> scored = new ArrayList<>();
        for (int n = 0; n < numbers.length; n++) {
            if (classes[n] != 0 && classes[n] != 1) {
                throw new InvalidArgument("roc auc: label " + classes[n] + " of example " + n + " is neither 0 nor 1");
            }
            if (Double.isNaN(numbers[n])) {
                throw new InvalidArgument("roc auc: the score of example " + n + " is NaN");
            }
            // −0 and 0 are equal scores.
            scored.add(new Scored(numbers[n] + 0.0, classes[n]));
        }
        return new RocAuc(scored);
    }

    @Override
    public RocAuc plus(RocAuc other) {
        List<Scored> both = new ArrayList<>(scored);
        both.addAll(other.scored);
        return new RocAuc(both);
    }

    /// The area; NaN if one class does not occur.
    public double value() {
        List<Scored> sorted = scored.stream()
                .sorted(Comparator.comparingDouble(Scored::score))
                .toList();
        double ranks = 0;
        long positive = 0;
        int start = 0;
        while (start < sorted.size()) {
            int end = start;
            long ones = 0;
            while (end < sorted.size() && sorted.get(end).score == sorted.get(start).score) {
                ones += sorted.get(end++).label;
            }
            // Equal scores share the mean of the ranks start + 1 … end.
            ranks += ones * (start + 1 + end) / 2.0;
            positive += ones;
            start = end;
        }
        double pairs = (double) positive * (sorted.size() - positive);
        return (ranks - positive * (positive + 1) / 2.0) / pairs;
    }

    @Override
    public Map<String, Double> figures() {
        return Map.of("roc auc", value());
    }
}
