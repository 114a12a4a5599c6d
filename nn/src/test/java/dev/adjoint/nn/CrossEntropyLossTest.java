package dev.adjoint.nn;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Cross entropy with all its options against the formulas of PyTorch's documentation in plain loops.
class CrossEntropyLossTest {
    private static final double[][] SCORES = {{1, -2, 0.5}, {0.25, 3, -1}, {2, 2, 2}, {-1, 0, 4}};
    private static final long[] LABELS = {2, 0, 1, 1};
    private static final double[] WEIGHTS = {0.5, 2, 1.5};
    private static final long IGNORED = 1;

    private static double[] numbers(Tensor x) {
        return Array.of(x).toDoubles();
    }

    private static double[] logSoftmax(double[] scores) {
        double sum = 0;
        for (double s : scores) {
            sum += Math.exp(s);
        }
        double[] logs = new double[scores.length];
        for (int c = 0; c < logs.length; c++) {
            logs[c] = scores[c] - Math.log(sum);
        }
        return logs;
    }

    private static double naive(int example, double smoothing) {
        double[] logs = logSoftmax(SCORES[example]);
        double loss = 0;
        for (int c = 0; c < logs.length; c++) {
            double target = (1 - smoothing) * (c == LABELS[example] ? 1 : 0) + smoothing / logs.length;
            loss -= WEIGHTS[c] * target * logs[c];
        }
        return loss;
    }

    private final Array scores = Array.of(SCORES);
    private final Array labels = Array.of(LABELS);

    @Test
    void allOptionsTogether() {
        CrossEntropyLoss loss = CrossEntropyLoss.plain()
                .weightedBy(Array.of(WEIGHTS))
                .smoothedBy(0.3)
                .ignoring(IGNORED)
                .with(Aggregation.NONE);
        double[] each = numbers(loss.ofClasses(scores, labels));
        double sum = 0;
        double weights = 0;
        for (int n = 0; n < 4; n++) {
            boolean counts = LABELS[n] != IGNORED;
            double expected = counts ? naive(n, 0.3) : 0;
            assertThat(each[n]).isCloseTo(expected, within(1e-14));
            sum += expected;
            weights += counts ? WEIGHTS[(int) LABELS[n]] : 0;
        }
        assertThat(numbers(loss.with(Aggregation.SUM).ofClasses(scores, labels))[0])
                .isCloseTo(sum, within(1e-14));
        assertThat(numbers(loss.with(Aggregation.MEAN).ofClasses(scores, labels))[0])
                .isCloseTo(sum / weights, within(1e-14));
    }

    @Test
    void withoutOptionsItIsTheMeanOfTheCrossEntropies() {
        double expected = 0;
        for (int n = 0; n < 4; n++) {
            expected -= logSoftmax(SCORES[n])[(int) LABELS[n]] / 4;
        }
        assertThat(numbers(CrossEntropyLoss.plain().ofClasses(scores, labels))[0])
                .isCloseTo(expected, within(1e-14));
        assertThat(numbers(CrossEntropyLoss.plain().ofLogProbabilities(scores.logSoftmax(-1), labels))[0])
                .isCloseTo(expected, within(1e-14));
        Tensor rates = labels.oneHot(3, scores.dtype());
        assertThat(numbers(CrossEntropyLoss.plain().ofProbabilities(scores, rates))[0])
                .isCloseTo(expected, within(1e-14));
    }

    @Test
    void theExampleOfPyTorchsDocumentation() {
        // nll_loss of [[−0.5, −1.5], …] picks and averages: −(−0.5 − 3)/2.
        Array logs = Array.of(new double[][] {{-0.5, -1.5}, {-2, -3}});
        double loss = numbers(CrossEntropyLoss.plain().ofLogProbabilities(logs, Array.of(0L, 1)))[0];
        assertThat(loss).isEqualTo(1.75);
    }

    @Test
    void probabilitiesAreSmoothedAndWeighted() {
        double[][] q = {{0.2, 0.8, 0}, {1, 0, 0}, {0.5, 0.25, 0.25}, {0, 0, 1}};
        double expected = 0;
        for (int n = 0; n < 4; n++) {
            for (int c = 0; c < 3; c++) {
                expected -= WEIGHTS[c] * (0.9 * q[n][c] + 0.1 / 3) * logSoftmax(SCORES[n])[c] / 4;
            }
        }
        CrossEntropyLoss loss =
                CrossEntropyLoss.plain().weightedBy(Array.of(WEIGHTS)).smoothedBy(0.1);
        assertThat(numbers(loss.ofProbabilities(scores, Array.of(q)))[0]).isCloseTo(expected, within(1e-14));
    }

    @Test
    void ignoredExamplesReceiveNothing() {
        for (CrossEntropyLoss loss :
                List.of(CrossEntropyLoss.plain(), CrossEntropyLoss.plain().smoothedBy(0.1))) {
            Array some = Array.of(-100L, 0, -100, 1);
            double[] gradient =
                    numbers(grad((Tensor s) -> loss.ofClasses(s, some)).apply(scores));
            assertThat(gradient).satisfies(TestNumbers::finite);
            assertThat(List.of(gradient[0], gradient[1], gradient[2], gradient[6], gradient[7], gradient[8]))
                    .containsOnly(0.0);
            double[] none = numbers(loss.ofClasses(scores, Array.of(-100L, -100, -100, -100)));
            assertThat(none).containsExactly(Double.NaN);
        }
    }

    @Test
    void largeScoresAndMaskedClassesStayFinite() {
        Array large = Array.of(new double[][] {{100, -100, 0}, {-100, 100, 0}});
        Array wrong = Array.of(1L, 0);
        CrossEntropyLoss smooth = CrossEntropyLoss.plain().smoothedBy(0.1);
        assertThat(numbers(CrossEntropyLoss.plain().ofClasses(large, wrong))).containsExactly(200);
        assertThat(numbers(grad((Tensor s) -> smooth.ofClasses(s, wrong)).apply(large)))
                .satisfies(TestNumbers::finite);
        Array masked = Array.of(new double[][] {{0, Double.NEGATIVE_INFINITY, 0}});
        Array q = Array.of(new double[][] {{0.5, 0, 0.5}});
        double loss = numbers(CrossEntropyLoss.plain().ofProbabilities(masked, q))[0];
        assertThat(loss).isCloseTo(Math.log(2), within(1e-15));
        assertThat(numbers(grad((Tensor s) -> CrossEntropyLoss.plain().ofProbabilities(s, q))
                        .apply(masked)))
                .containsExactly(0, 0, 0);
    }

    @Test
    void leadingAxesAreExamples() {
        Tensor pairs = scores.reshape(2, 2, 3);
        Tensor places = labels.reshape(2, 2);
        assertThat(numbers(CrossEntropyLoss.plain().ofClasses(pairs, places)))
                .containsExactly(numbers(CrossEntropyLoss.plain().ofClasses(scores, labels)));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        CrossEntropyLoss loss = CrossEntropyLoss.plain();
        assertThatThrownBy(() -> loss.ofClasses(scores, Array.of(1L)))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("crossEntropyLoss: f64[4,3] and i64[1]: scores […,C] need class indices of shape […]");
        assertThatThrownBy(() -> loss.ofClasses(scores, Array.of(1.0, 1, 1, 1)))
                .isInstanceOf(DTypeMismatch.class)
                .hasMessage("crossEntropyLoss: f64[4,3] and f64[4]: class indices must be integers; convert with"
                        + " c.to(DType.I64)");
        assertThatThrownBy(() -> loss.weightedBy(Array.of(1.0)).ofClasses(scores, labels))
                .hasMessage("crossEntropyLoss: f64[4,3] and f64[1]: weights must be [C], one for each class");
        assertThatThrownBy(() -> loss.ofProbabilities(scores, labels))
                .hasMessage(
                        "crossEntropyLoss: f64[4,3] and i64[4]: scores and probabilities must have one shape […,C]");
        assertThatThrownBy(() -> loss.smoothedBy(2))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("label smoothing lies between 0 and 1, not at 2.0");
    }
}
