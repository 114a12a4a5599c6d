package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hessian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScansTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static double[] numbers(Tensor x) {
        return Array.of(x).toDoubles();
    }

    private static double[] drawn(int size) {
        return numbers(Array.key(Key.of(7)).normal(TensorType.of(DType.F64, size)));
    }

    /// One after the other, as the definition says.
    private static double[] loop(double[] x, DoubleBinaryOperator combine) {
        double[] y = x.clone();
        for (int i = 1; i < y.length; i++) {
            y[i] = combine.applyAsDouble(y[i - 1], x[i]);
        }
        return y;
    }

    /// Extents around the powers of two, where the pairs do not come out even.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 100})
    void runningValuesAreThoseOfALoop(int size) {
        double[] x = drawn(size);
        Array tensor = Array.of(x);
        assertThat(numbers(tensor.cumsum(0))).containsExactly(loop(x, Double::sum), within(1e-13));
        assertThat(numbers(tensor.cumprod(0))).containsExactly(loop(x, (a, b) -> a * b), within(1e-13));
        assertThat(numbers(tensor.cummax(0))).containsExactly(loop(x, Math::max));
        assertThat(numbers(tensor.cummin(0))).containsExactly(loop(x, Math::min));
        double[] logs = loop(x, (a, b) -> Math.log(Math.exp(a) + Math.exp(b)));
        assertThat(numbers(tensor.logCumSumExp(0))).containsExactly(logs, within(1e-13));
    }

    @Test
    void runAlongOneAxisOfSeveral() {
        Array x = Array.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(x.cumsum(0)).isEqualTo(Array.of(new double[][] {{1, 2, 3}, {5, 7, 9}}));
        assertThat(x.cumsum(-1)).isEqualTo(Array.of(new double[][] {{1, 3, 6}, {4, 9, 15}}));
        assertThat(x.cumprod(1)).isEqualTo(Array.of(new double[][] {{1, 2, 6}, {4, 20, 120}}));
        assertThat(Array.of(1, 2, 3).cumsum(0)).isEqualTo(Array.of(1, 3, 6));
    }

    @Test
    void theDerivativesOfARunningProductAreExactAtZeros() {
        Array x = Array.of(2.0, 0, 3, 0);
        // y = x₀ + x₀x₁ + x₀x₁x₂ + x₀x₁x₂x₃
        assertThat(numbers(grad((Tensor t) -> t.cumprod(0).sum()).apply(x))).containsExactly(1, 8, 0, 0);
        assertThat(numbers(hessian((Tensor t) -> t.cumprod(0).sum()).apply(x)))
                .containsExactly(0, 4, 0, 0, 4, 0, 2, 6, 0, 2, 0, 0, 0, 6, 0, 0);
    }

    @Test
    void theLatestOfEqualExtremesIsReadAsInPyTorch() {
        Array x = Array.of(1.0, 3, 3, 2, 3);
        assertThat(x.cumArgmax(0)).isEqualTo(Array.of(0L, 1, 2, 2, 4));
        assertThat(numbers(grad((Tensor t) -> t.cummax(0).sum()).apply(x))).containsExactly(1, 1, 2, 0, 1);
        assertThat(Array.of(3, 3, 1, 2, 1).cumArgmin(0)).isEqualTo(Array.of(0L, 1, 2, 2, 4));
    }

    @Test
    void aNotANumberStaysToTheEnd() {
        Array x = Array.of(1.0, NAN, 5, NAN, -INFINITY);
        assertThat(numbers(x.cummax(0))).containsExactly(1, NAN, NAN, NAN, NAN);
        assertThat(numbers(x.cummin(0))).containsExactly(1, NAN, NAN, NAN, NAN);
        assertThat(x.cumArgmax(0)).isEqualTo(Array.of(0L, 1, 1, 3, 3));
    }

    @Test
    void exponentialsNeitherOverflowNorVanish() {
        double log2 = Math.log(2);
        assertThat(numbers(Array.of(1000.0, 1000).logCumSumExp(0))).containsExactly(1000, 1000 + log2);
        assertThat(numbers(Array.of(-1000.0, -1000).logCumSumExp(0))).containsExactly(-1000, -1000 + log2);
        assertThat(numbers(Array.of(-INFINITY, -INFINITY, -1000, 3, INFINITY, 0).logCumSumExp(0)))
                .containsExactly(-INFINITY, -INFINITY, -1000, 3, INFINITY, INFINITY);
        Function<Tensor, Tensor> slope =
                grad((Tensor t) -> t.logCumSumExp(0).slice(0, 1, 3).sum());
        assertThat(numbers(slope.apply(Array.of(-INFINITY, -INFINITY, 4)))).containsExactly(0, 0, 1);
    }

    @Test
    void wrongTypesAndAxesAreRefused() {
        assertThatThrownBy(() -> Array.of(true).cumsum(0))
                .isInstanceOf(DTypeMismatch.class)
                .hasMessage("cumsum: bool[1]: defined for numbers only; convert with x.to(DType.I32)");
        assertThatThrownBy(() -> Array.of(1, 2).logCumSumExp(0))
                .hasMessage("logcumsumexp: i32[2]: defined for floating types only; convert with x.to(DType.F32)");
        assertThatThrownBy(() -> Array.of(1.0).cumprod(1))
                .hasMessage("cumprod: f64[1]: axis 1 does not exist in shape [1] of rank 1");
    }
}
