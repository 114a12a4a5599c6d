package dev.adjoint.train.metric;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// How often examples of class i were taken for class j, and what follows: accuracy, precision, recall, F₁.
///
/// The class found is that of the largest score, the first of equal ones, as [dev.adjoint.op.indexing.ArgMax] takes it.
/// Definitions and the treatment of 0/0 as 0 are those of scikit-learn.
///
/// @param rows a row for every true class, a column for every class found
public record ConfusionMatrix(List<List<Long>> rows) implements Tally<ConfusionMatrix> {
    /// How figures of classes become one.
    public enum Average {
        /// Every class counts the same: (1/C)·Σᶜ over the classes that occur, as true ones or as found ones.
        MACRO,
        /// Every example counts the same: the quotient of sums. For one class per example all of these are the accuracy.
        MICRO,
        /// Every class counts by its examples: Σᶜ nᶜ/N.
        WEIGHTED
    }

    public ConfusionMatrix {
        rows = rows.stream().map(List::copyOf).toList();
    }

    /// A batch.
    ///
    /// @param scores `[N,C]`
    /// @param labels class indices, `[N]`
    /// @throws InvalidArgument if scores and labels do not fit
    public static ConfusionMatrix of(Tensor scores, Tensor labels) {
        Labels checked = Labels.of("confusion matrix", scores, labels);
        long[] found = Array.of(scores.argmax(-1)).toLongs();
        long[][] counts = new long[checked.classes()][checked.classes()];
        for (int n = 0; n < found.length; n++) {
            counts[checked.label(n)][(int) found[n]]++;
        }
        return new ConfusionMatrix(IntStream.range(0, counts.length)
                .mapToObj(i -> LongStream.of(counts[i]).boxed().toList())
                .toList());
    }

    @Override
    public ConfusionMatrix plus(ConfusionMatrix other) {
        if (classes() != other.classes()) {
            throw new InvalidArgument(
                    "confusion matrices of " + classes() + " and " + other.classes() + " classes cannot be added");
        }
        return new ConfusionMatrix(IntStream.range(0, classes())
                .mapToObj(i -> IntStream.range(0, classes())
                        .mapToObj(j -> count(i, j) + other.count(i, j))
                        .toList())
                .toList());
    }

    /// C.
    public int classes() {
        return rows.size();
    }

    /// How many examples of a class were taken for a class.
    public long count(int label, int found) {
        return rows.get(label).get(found);
    }

    private long right(int c) {
        return count(c, c);
    }

    private long stated(int c) {
        return rows.get(c).stream().mapToLong(n -> n).sum();
    }

    private long found(int c) {
        return rows.stream().mapToLong(row -> row.get(c)).sum();
    }

    /// N.
    public long examples() {
        return IntStream.range(0, classes()).mapToLong(this::stated).sum();
    }

    /// The share of examples whose class was found; NaN if there are none.
    public double accuracy() {
        return (double) IntStream.range(0, classes()).mapToLong(this::right).sum() / examples();
    }

    /// Of what was taken for a class, the share that is of it.
    public double precision(int c) {
        return quotient(right(c), found(c));
    }

    /// Of the examples of a class, the share that was found.
    public double recall(int c) {
        return quotient(right(c), stated(c));
    }

    /// The harmonic mean of a class's precision and recall: 2·right/(found + stated).
    public double f1(int c) {
        return quotient(2 * right(c), found(c) + stated(c));
    }

    /// The precision of all classes.
    public double precision(Average average) {
        return average(average, this::precision);
    }

    /// The recall of all classes.
    public double recall(Average average) {
        return average(average, this::recall);
    }

    /// The F₁ of all classes.
    public double f1(Average average) {
        return average(average, this::f1);
    }

    private static double quotient(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private double average(Average average, IntToDoubleFunction figure) {
        if (examples() == 0) {
            return Double.NaN;
        }
        IntStream all = IntStream.range(0, classes());
        return switch (average) {
            case MACRO ->
                all.filter(c -> found(c) + stated(c) > 0)
                        .mapToDouble(figure)
                        .average()
                        .orElseThrow();
            case MICRO -> accuracy();
            case WEIGHTED ->
                all.mapToDouble(c -> stated(c) * figure.applyAsDouble(c)).sum() / examples();
        };
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("accuracy", accuracy());
        figures.put("precision", precision(Average.MACRO));
        figures.put("recall", recall(Average.MACRO));
        figures.put("f1", f1(Average.MACRO));
        return figures;
    }
}
