package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hessian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Norms, and the other reductions that are said with sums.
class NormsTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static double norm(double order, double... x) {
        return Array.of(Array.of(x).norm(order, Axes.all())).item();
    }

    private static double[] gradient(double order, double... x) {
        return Array.of(grad((Tensor t) -> t.norm(order, Axes.all())).apply(Array.of(x)))
                .toDoubles();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 1.5, 2, 2.5, 3, 4, 7, 100})
    void isTheRootOfTheSumOfPowers(double p) {
        double sum = Math.pow(1, p) + Math.pow(2, p) + Math.pow(3, p);
        double expected = Math.pow(sum, 1 / p);
        assertThat(norm(p, 1, -2, 3)).isCloseTo(expected, within(1e-13 * expected));
        double[] slopes = gradient(p, 1, -2, 3);
        for (int i = 0; i < 3; i++) {
            double x = new double[] {1, -2, 3}[i];
            double slope = Math.signum(x) * Math.pow(Math.abs(x) / expected, p - 1);
            assertThat(slopes[i]).isCloseTo(slope, within(1e-12));
        }
    }

    @Test
    void exactCases() {
        assertThat(norm(2, 3, -4)).isEqualTo(5);
        assertThat(norm(1, 3, -4)).isEqualTo(7);
        assertThat(norm(INFINITY, 3, -4)).isEqualTo(4);
        assertThat(norm(0, 3, 0, NAN)).isEqualTo(2);
        Array x = Array.of(new double[][] {{3, 0}, {-4, 12}});
        assertThat(Array.of(x.norm()).item()).isEqualTo(13);
        assertThat(x.norm(0)).isEqualTo(Array.of(5.0, 12));
        assertThat(x.norm(INFINITY, Axes.of(1).kept())).isEqualTo(Array.of(new double[][] {{3}, {12}}));
    }

    @Test
    void largeAndSmallNumbersKeepTheirSize() {
        assertThat(norm(2, 3e200, 4e200)).isCloseTo(5e200, within(1e187));
        assertThat(norm(3, 3e-200, 0)).isCloseTo(3e-200, within(1e-213));
        assertThat(norm(2, INFINITY, 1)).isEqualTo(INFINITY);
        assertThat(norm(2, NAN, INFINITY)).isNaN();
        assertThat(norm(2.5, NAN, 1)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 1.5, 2, 3, 4, Double.POSITIVE_INFINITY})
    void atZeroEveryDerivativeIsANumber(double p) {
        Function<Tensor, Tensor> first = grad((Tensor t) -> t.norm(p, Axes.all()));
        Function<Tensor, Tensor> third = grad((Tensor t) ->
                hessian((Tensor u) -> u.norm(p, Axes.all())).apply(t).sum());
        for (Array x : new Array[] {Array.of(0.0, 0), Array.of(0.0, 2)}) {
            assertThat(Array.of(first.apply(x)).toDoubles()).doesNotContain(NAN, INFINITY, -INFINITY);
            assertThat(Array.of(third.apply(x)).toDoubles()).doesNotContain(NAN, INFINITY, -INFINITY);
        }
        assertThat(gradient(p, 0, 0)).containsOnly(0);
    }

    @Test
    void curvatureBesideZeroIsThatOfTheFormula() {
        // |x|₂ at (0, 2): ∂²/∂x₀² = 1/2, all others 0
        Tensor h = hessian((Tensor t) -> t.norm()).apply(Array.of(0.0, 2));
        assertThat(Array.of(h).toDoubles()).containsExactly(0.5, 0, 0, 0);
    }

    @Test
    void wrongOrdersAndEmptyMaximaAreRefused() {
        assertThatThrownBy(() -> norm(-1, 2)).hasMessage("norm: the order is at least 0, not -1.0");
        assertThatThrownBy(() -> norm(NAN, 2)).hasMessage("norm: the order is at least 0, not NaN");
        assertThat(norm(2)).isZero();
        assertThatThrownBy(() -> norm(INFINITY))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("norm: f64[0]: no elements along axes [0]");
        assertThatThrownBy(() -> Array.of(1, 2).norm())
                .hasMessage("norm: i32[2]: defined for floating types only; convert with x.to(DType.F32)");
    }

    @Test
    void questionsAboutAllElements() {
        Array x = Array.of(new double[][] {{0, NAN}, {0, 0}, {1, 2}});
        assertThat(x.any(1)).isEqualTo(Array.of(true, false, true));
        assertThat(x.all(1)).isEqualTo(Array.of(false, false, true));
        assertThat(x.countNonzero(0)).isEqualTo(Array.of(1L, 2));
        assertThat(Array.of(Array.of(true, false).any()).item()).isEqualTo(1);
        assertThat(Array.zeros(DType.BOOL, 2, 0).any(1)).isEqualTo(Array.of(false, false));
        assertThat(Array.zeros(DType.BOOL, 2, 0).all(Axes.of(1).kept()).shape()).isEqualTo(Shape.of(2, 1));
        assertThat(Array.zeros(DType.I32, 0).all()).isEqualTo(Array.scalar(DType.BOOL, 1));
        assertThat(Array.zeros(DType.I32, 0).countNonzero()).isEqualTo(Array.scalar(DType.I64, 0));
    }

    @Test
    void weightsAddUpToOne() {
        Array x = Array.of(new double[][] {{1, 2}, {5, 8}});
        Array weights = Array.of(Array.of(1.0, 3).reshape(2, 1));
        assertThat(x.weightedMean(Axes.of(0), weights)).isEqualTo(Array.of(4.0, 6.5));
        assertThat(Array.of(x.weightedMean(Axes.all(), weights)).item()).isEqualTo(5.25);
        assertThat(grad((Tensor t) -> t.weightedMean(Axes.of(0), weights).sum()).apply(x))
                .isEqualTo(Array.of(new double[][] {{0.25, 0.25}, {0.75, 0.75}}));
        assertThatThrownBy(() -> x.weightedMean(Axes.all(), Array.of(1.0, 2, 3)))
                .hasMessage("weightedMean: f64[2,2] and f64[3]: the weights cannot be repeated to [2,2]");
    }

    @Test
    void summingToAShapeUndoesBroadcasting() {
        Array x = Array.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(x.sumTo(Shape.of(3))).isEqualTo(Array.of(5.0, 7, 9));
        assertThat(x.sumTo(Shape.of(2, 1))).isEqualTo(Array.of(new double[][] {{6}, {15}}));
        assertThat(Array.of(x.sumTo(Shape.of())).item()).isEqualTo(21);
        assertThatThrownBy(() -> x.sumTo(Shape.of(2)))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("sumTo: f64[2,3]: cannot be summed to [2], which cannot be repeated to it");
    }

    @Test
    void theStandardDeviationOfEqualElementsHasTheSlopeZero() {
        Function<Tensor, Tensor> deviation = x -> x.standardDeviation(Axes.all(), 1);
        assertThat(deviation.apply(Array.of(1.0, 3.0))).isEqualTo(Array.scalar(Math.sqrt(2)));
        assertThat(grad(deviation).apply(Array.of(4.0, 4.0))).isEqualTo(Array.of(0.0, 0.0));
        assertThat(Array.of(hessian(deviation).apply(Array.of(4.0, 4.0))).toDoubles())
                .containsOnly(0);
        assertThat(Array.of(deviation.apply(Array.of(1.0))).item()).isNaN();
    }
}
