package dev.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import org.junit.jupiter.api.Test;

/// The losses at numbers worked out by hand.
class LossesTest {
    @Test
    void crossEntropyOfTheCs231nExample() {
        // Scores (−2.85, 0.86, 0.28), class 2: −ln(e^0.28/(e^−2.85 + e^0.86 + e^0.28)) = 1.04
        Array scores = Array.of(new double[][] {{-2.85, 0.86, 0.28}});
        double loss = Array.of(Losses.softmaxCrossEntropy(scores, Array.of(2L))).item();
        double expected = -Math.log(Math.exp(0.28) / (Math.exp(-2.85) + Math.exp(0.86) + Math.exp(0.28)));
        assertThat(loss).isCloseTo(expected, within(1e-14)).isCloseTo(1.04, within(5e-3));
    }

    @Test
    void equalScoresLoseTheLogarithmOfTheNumberOfClasses() {
        double loss = Array.of(Losses.softmaxCrossEntropy(Array.zeros(DType.F64, 1, 10), Array.of(3L)))
                .item();
        assertThat(loss).isCloseTo(Math.log(10), within(1e-14));
    }

    @Test
    void hingeLossOfTheCs231nExample() {
        // Scores (−2.85, 0.86, 0.28), class 2: max(0, −2.85 − 0.28 + 1) + max(0, 0.86 − 0.28 + 1) = 1.58
        Array scores = Array.of(new double[][] {{-2.85, 0.86, 0.28}, {3, 0, 0}});
        double[] losses =
                Array.of(Losses.multiclassHinge(scores, Array.of(2L, 0L))).toDoubles();
        assertThat(losses[0]).isCloseTo(1.58, within(1e-12));
        assertThat(losses[1]).isZero();
    }

    @Test
    void squaredHingesWeighLargeViolationsMore() {
        Array scores = Array.of(new double[][] {{-2.85, 0.86, 0.28}, {3, 0, 2.5}});
        double[] losses = Array.of(Losses.multiclassSquaredHinge(scores, Array.of(2L, 0L)))
                .toDoubles();
        assertThat(losses[0]).isCloseTo(1.58 * 1.58, within(1e-12));
        assertThat(losses[1]).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void hingeOfSigns() {
        Array scores = Array.of(2.0, 0.5, -0.5, 0.5);
        Array signs = Array.of(1.0, 1, 1, -1);
        assertThat(Array.of(Losses.hinge(scores, signs)).toDoubles()).containsExactly(0, 0.5, 1.5, 1.5);
        assertThatThrownBy(() -> Losses.hinge(scores, Array.of(1.0)))
                .hasMessage("hinge: f64[4] and f64[1]: scores and signs must have one shape");
    }

    @Test
    void meanSquaredErrorIsPerExample() {
        Array results = Array.of(new double[][] {{1, 2}, {0, 0}});
        Array targets = Array.of(new double[][] {{0, 4}, {0, 1}});
        assertThat(Array.of(Losses.meanSquaredError(results, targets)).toDoubles())
                .containsExactly(2.5, 0.5);
    }

    @Test
    void correctCountsTheLargestScore() {
        Array scores = Array.of(new double[][] {{1, 2, 3}, {5, 4, 3}});
        assertThat(Array.of(Losses.correct(scores, Array.of(2, 1))).toDoubles()).containsExactly(1, 0);
    }

    @Test
    void lossesNameWhatDoesNotFit() {
        assertThatThrownBy(() -> Losses.multiclassHinge(Array.zeros(DType.F64, 2, 3), Array.of(1L)))
                .hasMessage("multiclassHinge: f64[2,3] and i64[1]: scores [N,C] need class indices [N]");
        assertThatThrownBy(() -> Losses.multiclassHinge(Array.zeros(DType.F64, 1, 3), Array.of(1.0)))
                .hasMessage("multiclassHinge: f64[1,3] and f64[1]: class indices must be integers; convert with"
                        + " c.to(DType.I64)");
        assertThatThrownBy(() -> Losses.meanSquaredError(Array.of(1.0), Array.of(1.0, 2.0)))
                .hasMessage("meanSquaredError: f64[1] and f64[2]: results and targets must have one shape [N,…]");
        assertThatThrownBy(() -> Losses.softmaxCrossEntropy(Array.zeros(DType.F64, 2, 3), Array.of(1L)))
                .hasMessageStartingWith("crossentropy: f64[2,3] and i64[1]: scores […,classes] need");
    }
}
