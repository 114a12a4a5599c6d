package dev.adjoint.nn;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// CTC against the sum over all alignments, written out.
class CtcLossTest {
    private static final int FRAMES = 5;
    private static final int CLASSES = 4;
    private static final long[][] LABELS = {{1, 2}, {3, 3}, {2, 9}, {7, 7}};
    private static final long[] LENGTHS = {2, 2, 1, 0};
    private static final long[] COUNTED = {5, 4, 3, 2};

    private final Tensor logs = Array.key(Key.of(1))
            .normal(TensorType.of(DType.F64, FRAMES, LABELS.length, CLASSES))
            .logSoftmax(-1);
    private final CtcLoss.Labels labels =
            new CtcLoss.Labels(Array.of(Array.of(1L, 2, 3, 3, 2, 9, 7, 7).reshape(4, 2)), Array.of(LENGTHS));
    private final Array frames = Array.of(COUNTED);

    private static double[] numbers(Tensor x) {
        return Array.of(x).toDoubles();
    }

    /// An alignment without repetitions and blanks.
    private static List<Long> collapsed(int[] path, long blank) {
        List<Long> labels = new ArrayList<>();
        for (int t = 0; t < path.length; t++) {
            boolean repeated = t > 0 && path[t] == path[t - 1];
            if (path[t] != blank && !repeated) {
                labels.add((long) path[t]);
            }
        }
        return labels;
    }

    private double naive(int example, long blank) {
        int length = (int) COUNTED[example];
        List<Long> wanted = new ArrayList<>();
        for (int i = 0; i < LENGTHS[example]; i++) {
            wanted.add(LABELS[example][i]);
        }
        double probability = 0;
        int paths = (int) Math.pow(CLASSES, length);
        for (int code = 0; code < paths; code++) {
            int[] path = new int[length];
            double log = 0;
            for (int t = 0, rest = code; t < length; t++, rest /= CLASSES) {
                path[t] = rest % CLASSES;
                log += Array.of(logs).get(t, example, path[t]);
            }
            probability += collapsed(path, blank).equals(wanted) ? Math.exp(log) : 0;
        }
        return -Math.log(probability);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3})
    void sumsOverAllAlignments(long blank) {
        CtcLoss loss = new CtcLoss(blank, CtcLoss.Impossible.INFINITE, Aggregation.NONE);
        double[] found = numbers(loss.of(logs, frames, labels));
        for (int n = 0; n < found.length; n++) {
            // Blank 3 cannot be a label: example 1 is of blanks alone, and no alignment collapses to it.
            double expected = naive(n, blank);
            if (blank == 0 || n != 1) {
                assertThat(found[n]).as("example %d", n).isCloseTo(expected, within(1e-12));
            }
        }
    }

    @Test
    void theMeanDividesByTheNumberOfLabels() {
        double expected = (naive(0, 0) / 2 + naive(1, 0) / 2 + naive(2, 0) + naive(3, 0)) / 4;
        assertThat(numbers(CtcLoss.plain().of(logs, frames, labels))[0]).isCloseTo(expected, within(1e-12));
    }

    @Test
    void theGradientIsThatOfDifferences() {
        Tensor scores = Array.key(Key.of(2)).normal(logs.type());
        double[] gradient = numbers(grad((Tensor s) -> CtcLoss.plain().of(s.logSoftmax(-1), frames, labels))
                .apply(scores));
        double h = 1e-5;
        for (int i = 0; i < gradient.length; i++) {
            double[] up = numbers(scores);
            double[] down = numbers(scores);
            up[i] += h;
            down[i] -= h;
            double slope = (at(up) - at(down)) / (2 * h);
            assertThat(gradient[i]).as("score %d", i).isCloseTo(slope, within(1e-8));
        }
    }

    private double at(double[] scores) {
        Tensor shaped = Array.of(scores).reshape(logs.shape());
        return numbers(CtcLoss.plain().of(shaped.logSoftmax(-1), frames, labels))[0];
    }

    @Test
    void framesBehindTheLengthDoNotCount() {
        double[] gradient = numbers(grad((Tensor l) -> CtcLoss.plain().of(l, frames, labels))
                .apply(logs)
                .take(0, -1));
        for (int i = CLASSES; i < gradient.length; i++) {
            assertThat(gradient[i]).isZero();
        }
    }

    @Test
    void sequencesWithoutAlignmentCostInfinityOrNothing() {
        Tensor two = logs.slice(0, 0, 2).slice(1, 1, 2);
        CtcLoss.Labels twice = new CtcLoss.Labels(Array.of(Array.of(3L, 3).reshape(1, 2)), Array.of(2L));
        Array length = Array.of(2L);
        CtcLoss infinite = new CtcLoss(0, CtcLoss.Impossible.INFINITE, Aggregation.SUM);
        CtcLoss zero = new CtcLoss(0, CtcLoss.Impossible.ZERO, Aggregation.SUM);
        assertThat(numbers(infinite.of(two, length, twice))).containsExactly(Double.POSITIVE_INFINITY);
        assertThat(numbers(zero.of(two, length, twice))).containsExactly(0);
        for (CtcLoss loss : List.of(infinite, zero)) {
            assertThat(numbers(grad((Tensor l) -> loss.of(l, length, twice)).apply(two)))
                    .containsOnly(0);
        }
    }

    @Test
    void largeScoresStayFinite() {
        Tensor large = logs.mul(0).add(Array.of(100.0, -100, 100, -100)).logSoftmax(-1);
        double[] loss = numbers(CtcLoss.plain().with(Aggregation.NONE).of(large, frames, labels));
        assertThat(loss).satisfies(TestNumbers::finite);
        assertThat(numbers(grad((Tensor l) -> CtcLoss.plain().of(l, frames, labels))
                        .apply(large)))
                .satisfies(TestNumbers::finite);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> CtcLoss.plain().of(logs, Array.of(1L), labels))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage(
                        "ctcLoss: f64[5,4,4] and i64[1] and i64[4,2] and i64[4]: log-probabilities [T,N,C] with T at least"
                                + " 1 need frames [N], classes [N,S] and lengths [N], and blank 0 among the classes");
        assertThatThrownBy(() -> CtcLoss.plain().of(logs, Array.of(1.0, 1, 1, 1), labels))
                .isInstanceOf(DTypeMismatch.class)
                .hasMessage(
                        "ctcLoss: f64[5,4,4] and f64[4] and i64[4,2] and i64[4]: classes and lengths must be integers;"
                                + " convert with c.to(DType.I64)");
        assertThatThrownBy(() -> new CtcLoss(-1, CtcLoss.Impossible.ZERO, Aggregation.SUM))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("ctcLoss: the blank is a class index, not -1");
    }
}
