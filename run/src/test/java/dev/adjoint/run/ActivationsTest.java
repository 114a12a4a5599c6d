package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.op.SpecialFunctions;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against the formulas of their papers, written in plain Java.
class ActivationsTest {
    private static final double[] POINTS = {-7, -3.2, -1.3, -0.4, 0.3, 0.9, 2.5, 6.5};

    /// A rounding of 1 in single precision.
    private static final double UNIT = 0x1p-24;

    private record Case(UnaryOperator<Tensor> ours, DoubleUnaryOperator formula) {}

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static final Map<String, Case> CASES = Map.ofEntries(
            Map.entry("exp2", new Case(Tensor::exp2, x -> Math.pow(2, x))),
            Map.entry("log2", new Case(x -> x.abs().log2(), x -> Math.log(Math.abs(x)) / Math.log(2))),
            Map.entry("log10", new Case(x -> x.abs().log10(), x -> Math.log10(Math.abs(x)))),
            Map.entry("logAddExp", new Case(x -> x.logAddExp(x.mul(2)), x -> Math.log(Math.exp(x) + Math.exp(2 * x)))),
            Map.entry("gelu", new Case(Tensor::gelu, x -> x * (1 + SpecialFunctions.erf(x / Math.sqrt(2))) / 2)),
            Map.entry(
                    "geluTanh",
                    new Case(
                            Tensor::geluTanh,
                            x -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))))),
            Map.entry("prelu", new Case(x -> x.prelu(Array.scalar(0.25)), x -> x > 0 ? x : 0.25 * x)),
            Map.entry(
                    "selu",
                    new Case(
                            Tensor::selu,
                            x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1)))),
            Map.entry("celu", new Case(x -> x.celu(2), x -> x > 0 ? x : 2 * (Math.exp(x / 2) - 1))),
            Map.entry("mish", new Case(Tensor::mish, x -> x * Math.tanh(Math.log(1 + Math.exp(x))))),
            Map.entry("softsign", new Case(Tensor::softsign, x -> x / (1 + Math.abs(x)))),
            Map.entry("logSigmoid", new Case(Tensor::logSigmoid, x -> Math.log(sigmoid(x)))),
            Map.entry("relu6", new Case(Tensor::relu6, x -> Math.clamp(x, 0.0, 6.0))),
            Map.entry("hardSigmoid", new Case(Tensor::hardSigmoid, x -> Math.clamp(x / 6 + 0.5, 0.0, 1.0))),
            Map.entry("hardSwish", new Case(Tensor::hardSwish, x -> x * Math.clamp(x / 6 + 0.5, 0.0, 1.0))),
            Map.entry("hardTanh", new Case(Tensor::hardTanh, x -> Math.clamp(x, -1.0, 1.0))),
            Map.entry("logit", new Case(x -> x.sigmoid().logit(), x -> x)));

    @Test
    void valuesAndSlopesAreThoseOfTheFormulas() {
        Tensor x = Array.of(POINTS);
        CASES.forEach((name, at) -> {
            double[] values = Array.of(at.ours.apply(x)).toDoubles();
            Tensor slopes = grad((Tensor t) -> at.ours.apply(t).sum()).apply(x);
            for (int i = 0; i < POINTS.length; i++) {
                double h = 1e-6;
                double point = POINTS[i];
                double slope = (at.formula.applyAsDouble(point + h) - at.formula.applyAsDouble(point - h)) / (2 * h);
                assertThat(values[i]).as(name).isCloseTo(at.formula.applyAsDouble(point), within(1e-12));
                assertThat(Array.of(slopes).get(i))
                        .as(name + " slope")
                        .isCloseTo(slope, within(1e-8 * Math.max(1, Math.abs(slope))));
            }
        });
    }

    /// Float32 against the formulas in double precision: y by roundings of x, and where 1 + tanh cancels, of |x|; the slope by
    /// roundings of what it is the sum of.
    @ParameterizedTest
    @ValueSource(strings = {"gelu", "geluTanh"})
    void geluInSinglePrecision(String name) {
        Case at = Objects.requireNonNull(CASES.get(name));
        float[] x = new float[20_001];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 10_000) / 1000f;
        }
        float[] y = Array.of(at.ours.apply(Array.of(x))).toFloats();
        float[] slopes = Array.of(grad((Tensor t) -> at.ours.apply(t).sum()).apply(Array.of(x)))
                .toFloats();
        for (int i = 0; i < x.length; i++) {
            double h = 1e-6;
            double slope = (at.formula.applyAsDouble(x[i] + h) - at.formula.applyAsDouble(x[i] - h)) / (2 * h);
            double size = Math.abs(x[i]);
            assertThat((double) y[i])
                    .as("at %s", x[i])
                    .isCloseTo(at.formula.applyAsDouble(x[i]), within(4 * UNIT * size));
            assertThat((double) slopes[i])
                    .as("slope at %s", x[i])
                    .isCloseTo(slope, within(1e-9 + 4 * UNIT * (1 + size * size * size)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gelu", "geluTanh"})
    void geluFarAway(String name) {
        Case at = Objects.requireNonNull(CASES.get(name));
        float inf = Float.POSITIVE_INFINITY;
        Tensor x = Array.of(0f, -0f, -1e4f, -1e30f, -inf, 1e4f, 1e30f, inf, Float.NaN);
        assertThat(at.ours.apply(x)).isEqualTo(Array.of(0f, -0f, -0f, -0f, -0f, 1e4f, 1e30f, inf, Float.NaN));
        assertThat(grad((Tensor t) -> at.ours.apply(t).sum()).apply(x).abs())
                .isEqualTo(Array.of(0.5f, 0.5f, 0f, 0f, 0f, 1f, 1f, 1f, Float.NaN));
    }

    @Test
    void kindsOfNumbers() {
        Tensor x = Array.of(1.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        assertThat(x.isNan()).isEqualTo(Array.of(false, true, false, false));
        assertThat(x.isInf()).isEqualTo(Array.of(false, false, true, true));
        assertThat(x.isFinite()).isEqualTo(Array.of(true, false, false, false));
        assertThat(x.nanToNum(0, 9, -9)).isEqualTo(Array.of(1.0, 0.0, 9.0, -9.0));
        Tensor slope = grad((Tensor t) -> t.nanToNum(0, 9, -9).sum()).apply(x);
        assertThat(slope).isEqualTo(Array.of(1.0, 0.0, 0.0, 0.0));
    }

    @Test
    void bitsOfIntegers() {
        Tensor x = Array.of(12, -7, 0);
        Tensor y = Array.of(10, 3, 5);
        assertThat(x.bitAnd(y)).isEqualTo(Array.of(8, -7 & 3, 0));
        assertThat(x.bitOr(y)).isEqualTo(Array.of(14, -7 | 3, 5));
        assertThat(x.bitXor(y)).isEqualTo(Array.of(6, -7 ^ 3, 5));
        assertThat(x.bitNot()).isEqualTo(Array.of(~12, ~-7, ~0));
        assertThat(x.shiftLeft(Array.of(1, 31, 70))).isEqualTo(Array.of(24, -7 << 31, 0));
        assertThat(x.shiftRight(Array.of(2, 1, 3))).isEqualTo(Array.of(3, -4, 0));
        assertThat(x.shiftRight(Array.of(-1, 99, 1))).isEqualTo(Array.of(0, -1, 0));
        Tensor byteNot = Array.of(Array.of(1, 200).to(DType.U8)).bitNot();
        assertThat(byteNot).isEqualTo(Array.of(254, 55).to(DType.U8));
        assertThat(Array.of(1L << 60).shiftLeft(Array.of(2L))).isEqualTo(Array.of(1L << 62));
    }

    @Test
    void whatIsRefused() {
        assertThatThrownBy(() -> Array.of(1f).bitAnd(Array.of(2f)))
                .isInstanceOf(DTypeMismatch.class)
                .hasMessageContaining("bitand: f32[1] and f32[1]: defined for integers only");
        assertThatThrownBy(() -> Array.of(1f).celu(0))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("celu divides by alpha, which must not be 0");
        assertThatThrownBy(() -> Array.of(1f).polygamma(-1))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("polygamma needs an order of at least 0, not -1");
    }
}
