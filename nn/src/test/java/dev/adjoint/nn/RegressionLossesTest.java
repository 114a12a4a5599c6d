package dev.adjoint.nn;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Losses of numbers at numbers worked out by hand, and their slopes at kinks.
class RegressionLossesTest {
    private static final Array Y = Array.of(1.0, 2.5, -3, 0.25);
    private static final Array T = Array.of(1.0, 2.0, 1, 0);

    private static double[] numbers(Tensor x) {
        return Array.of(x).toDoubles();
    }

    private static double[] slopes(Function<Tensor, Tensor> loss) {
        return numbers(grad(loss).apply(Y));
    }

    @Test
    void squaredAndAbsoluteErrors() {
        assertThat(numbers(RegressionLosses.squaredError(Y, T, Aggregation.NONE)))
                .containsExactly(0, 0.25, 16, 0.0625);
        assertThat(numbers(RegressionLosses.absoluteError(Y, T, Aggregation.NONE)))
                .containsExactly(0, 0.5, 4, 0.25);
        assertThat(slopes(y -> RegressionLosses.absoluteError(y, T, Aggregation.SUM)))
                .containsExactly(0, 1, -1, 1);
    }

    @Test
    void huberIsSquareNearAndStraightFar() {
        assertThat(numbers(RegressionLosses.huber(Y, T, 0.5, Aggregation.NONE)))
                .containsExactly(0, 0.125, 0.5 * (4 - 0.25), 0.03125);
        assertThat(slopes(y -> RegressionLosses.huber(y, T, 0.5, Aggregation.SUM)))
                .containsExactly(0, 0.5, -0.5, 0.25);
        assertThat(numbers(RegressionLosses.smoothAbsoluteError(Y, T, 0.5, Aggregation.NONE)))
                .containsExactly(0, 0.25, 4 - 0.25, 0.0625);
        assertThat(numbers(RegressionLosses.smoothAbsoluteError(Y, T, 0, Aggregation.NONE)))
                .containsExactly(0, 0.5, 4, 0.25);
        // Far away nothing cancels and nothing overflows.
        assertThat(numbers(RegressionLosses.huber(Array.of(1e300), Array.of(0.0), 1, Aggregation.NONE)))
                .containsExactly(1e300);
    }

    @Test
    void poissonIsTheNegativeLogarithmOfTheProbability() {
        // P(count 3 at rate 2) = 2³·e⁻²/3!, and the loss leaves out ln 3!.
        Array logRate = Array.of(Math.log(2));
        Array count = Array.of(3.0);
        double expected = -Math.log(8 * Math.exp(-2) / 6) - Math.log(6);
        assertThat(numbers(RegressionLosses.poisson(logRate, count, Aggregation.NONE))[0])
                .isCloseTo(expected, within(1e-14));
        assertThat(numbers(RegressionLosses.poissonOfRates(Array.of(2.0), count, 0, Aggregation.NONE))[0])
                .isCloseTo(expected, within(1e-14));
        assertThat(numbers(RegressionLosses.poissonOfRates(Array.of(0.0), Array.of(0.0), 1e-8, Aggregation.NONE)))
                .containsExactly(0);
        double[] stirling = numbers(RegressionLosses.stirling(Array.of(0.0, 1, 3)));
        assertThat(stirling[0]).isZero();
        assertThat(stirling[1]).isZero();
        assertThat(stirling[2]).isCloseTo(3 * Math.log(3) - 3 + 0.5 * Math.log(6 * Math.PI), within(1e-14));
        // ln 3! = 1.7918; Stirling's estimate is short by about 1/36.
        assertThat(stirling[2]).isCloseTo(Math.log(6), within(1 / 35.0));
    }

    @Test
    void aggregationsOfALoss() {
        Array y = Array.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
        Array zero = Array.of(new double[2][3]);
        assertThat(numbers(RegressionLosses.absoluteError(y, zero, Aggregation.SUM)))
                .containsExactly(21);
        assertThat(numbers(RegressionLosses.absoluteError(y, zero, Aggregation.MEAN)))
                .containsExactly(3.5);
        assertThat(numbers(RegressionLosses.absoluteError(y, zero, Aggregation.EXAMPLE_MEAN)))
                .containsExactly(10.5);
        assertThat(numbers(Aggregation.EXAMPLE_MEAN.of(Array.scalar(4.0)))).containsExactly(4);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> RegressionLosses.squaredError(Y, Array.of(1.0), Aggregation.MEAN))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("squaredError: f64[4] and f64[1]: results and targets must have one shape");
        assertThatThrownBy(() -> RegressionLosses.huber(Y, T, 0, Aggregation.MEAN))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("huber: delta must be above 0, not 0.0");
        assertThatThrownBy(() -> RegressionLosses.smoothAbsoluteError(Y, T, -1, Aggregation.MEAN))
                .hasMessage("smoothAbsoluteError: beta must be at least 0, not -1.0");
    }
}
