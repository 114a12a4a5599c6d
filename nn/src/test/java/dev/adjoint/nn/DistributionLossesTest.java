package dev.adjoint.nn;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Losses of distributions against their definitions in probabilities, and at the ends.
class DistributionLossesTest {
    private static final double HIDDEN = Double.NEGATIVE_INFINITY;

    private static double[] numbers(Tensor x) {
        return Array.of(x).toDoubles();
    }

    private static void close(Tensor found, double... expected) {
        double[] numbers = numbers(found);
        assertThat(numbers).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers[i]).isCloseTo(expected[i], within(1e-14));
        }
    }

    @Test
    void divergenceIsZeroForEqualsAndTakesZeros() {
        double[] q = {0.5, 0.25, 0.25};
        double[] p = {0.1, 0.9, 0};
        double[] expected = {0.1 * Math.log(0.1 / 0.5), 0.9 * Math.log(0.9 / 0.25), 0};
        Array logQ = Array.of(Math.log(q[0]), Math.log(q[1]), HIDDEN);
        close(DistributionLosses.klDivergence(logQ, Array.of(p), Aggregation.NONE), expected);
        Array logP = Array.of(Math.log(p[0]), Math.log(p[1]), HIDDEN);
        close(DistributionLosses.klDivergenceOfLogs(logQ, logP, Aggregation.NONE), expected);
        close(DistributionLosses.klDivergence(logP, Array.of(p), Aggregation.SUM), 0);
        List<Tensor> gradients = grad((List<Tensor> l) ->
                        DistributionLosses.klDivergence(l.get(0), l.get(1), Aggregation.SUM))
                .apply(List.of(logQ, Array.of(p)));
        close(gradients.get(0), -0.1, -0.9, 0);
        assertThat(numbers(gradients.get(1))).satisfies(TestNumbers::finite);
        assertThat(numbers(grad((Tensor t) -> DistributionLosses.klDivergenceOfLogs(logQ, t, Aggregation.SUM))
                        .apply(logP)))
                .satisfies(TestNumbers::finite);
    }

    @Test
    void binaryCrossEntropyIsThatOfTheProbabilities() {
        double[] x = {-1.5, 0, 2};
        double[] t = {1, 0.25, 0};
        double[] plain = new double[3];
        double[] weighted = new double[3];
        for (int i = 0; i < 3; i++) {
            double p = 1 / (1 + Math.exp(-x[i]));
            plain[i] = -t[i] * Math.log(p) - (1 - t[i]) * Math.log(1 - p);
            weighted[i] = -3 * t[i] * Math.log(p) - (1 - t[i]) * Math.log(1 - p);
        }
        close(DistributionLosses.binaryCrossEntropy(Array.of(x), Array.of(t), Aggregation.NONE), plain);
        Array three = Array.scalar(3.0);
        close(DistributionLosses.binaryCrossEntropy(Array.of(x), Array.of(t), three, Aggregation.NONE), weighted);
    }

    @Test
    void largeScoresStayFinite() {
        Array x = Array.of(-100.0, -100, 100, 100, -1000, 1000);
        Array t = Array.of(0.0, 1, 0, 1, 1, 0);
        double[] loss = numbers(DistributionLosses.binaryCrossEntropy(x, t, Aggregation.NONE));
        assertThat(loss).containsExactly(0, 100, 100, Math.log1p(Math.exp(-100)), 1000, 1000);
        Tensor slopes = grad((Tensor y) -> DistributionLosses.binaryCrossEntropy(y, t, Aggregation.SUM))
                .apply(x);
        close(slopes, 0, -1, 1, 0, -1, 1);
        Tensor focal = grad((Tensor y) -> DistributionLosses.Focal.standard().of(y, t, Aggregation.SUM))
                .apply(x);
        assertThat(numbers(focal)).satisfies(TestNumbers::finite);
    }

    @Test
    void focalLossIsThatOfThePaper() {
        double[] x = {-1.5, 0.5, 2};
        double[] t = {1, 0, 1};
        double[] expected = new double[3];
        double[] unweighted = new double[3];
        for (int i = 0; i < 3; i++) {
            double p = 1 / (1 + Math.exp(-x[i]));
            double own = t[i] == 1 ? p : 1 - p;
            double alpha = t[i] == 1 ? 0.3 : 0.7;
            unweighted[i] = Math.pow(1 - own, 1.5) * -Math.log(own);
            expected[i] = alpha * unweighted[i];
        }
        close(new DistributionLosses.Focal(0.3, 1.5).of(Array.of(x), Array.of(t), Aggregation.NONE), expected);
        close(new DistributionLosses.Focal(-1, 1.5).of(Array.of(x), Array.of(t), Aggregation.NONE), unweighted);
        assertThatThrownBy(() -> new DistributionLosses.Focal(2, 1))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("focal: alpha must be at most 1 and gamma at least 0, not 2.0 and 1.0");
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> DistributionLosses.klDivergence(Array.of(1.0), Array.of(1.0, 2), Aggregation.SUM))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("klDivergence: f64[1] and f64[2]: predictions and targets must have one shape");
    }
}
