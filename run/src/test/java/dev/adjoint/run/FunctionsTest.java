package dev.adjoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Functions at points where their values are known.
class FunctionsTest {
    private static double at(double x, UnaryOperator<Tensor> f) {
        return Array.of(f.apply(Array.scalar(x))).item();
    }

    @Test
    void inverseAndHyperbolicFunctionsHaveTheirKnownValues() {
        assertThat(at(0.5, Tensor::asin)).isCloseTo(Math.PI / 6, within(1e-15));
        assertThat(at(0.5, Tensor::acos)).isCloseTo(Math.PI / 3, within(1e-15));
        assertThat(at(1, Tensor::atan)).isCloseTo(Math.PI / 4, within(1e-15));
        assertThat(at(Math.PI / 4, Tensor::tan)).isCloseTo(1, within(1e-15));
        assertThat(at(Math.log(2), Tensor::sinh)).isCloseTo(0.75, within(1e-15));
        assertThat(at(Math.log(2), Tensor::cosh)).isCloseTo(1.25, within(1e-15));
        assertThat(at(-27, Tensor::cbrt)).isEqualTo(-3);
        assertThat(at(2, Tensor::asin)).isNaN();
    }

    @Test
    void roundingFollowsIeee754() {
        assertThat(at(-1.5, Tensor::floor)).isEqualTo(-2);
        assertThat(at(-1.5, Tensor::ceil)).isEqualTo(-1);
        assertThat(at(2.5, Tensor::round)).isEqualTo(2);
        assertThat(at(3.5, Tensor::round)).isEqualTo(4);
    }

    @Test
    void rampsAndClamps() {
        assertThat(at(-2, x -> x.leakyRelu(0.1))).isEqualTo(-0.2);
        assertThat(at(-1, x -> x.elu(2))).isCloseTo(2 * (Math.exp(-1) - 1), within(1e-15));
        assertThat(at(1, Tensor::silu)).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-15));
        assertThat(at(-1000, Tensor::silu)).isZero();
        assertThat(at(7, x -> x.clamp(-1, 2))).isEqualTo(2);
        assertThat(at(Double.NaN, x -> x.clamp(-1, 2))).isNaN();
        assertThatThrownBy(() -> at(1, x -> x.clamp(2, 1)))
                .hasMessage("clamp needs a lower bound not above the upper, not 2.0 and 1.0");
    }

    @Test
    void lengthsAndAngles() {
        Array three = Array.scalar(3.0);
        Array four = Array.scalar(4.0);
        assertThat(Array.of(three.hypot(four)).item()).isEqualTo(5);
        assertThat(Array.of(Array.scalar(1.0).atan2(Array.scalar(-1.0))).item())
                .isCloseTo(3 * Math.PI / 4, within(1e-15));
    }

    /// 7 = 2·3 + 1; the sign is that of the dividend, or that of the divisor, as in C and in Python.
    @Test
    void remaindersOfIntegers() {
        Array x = Array.of(7, -7, 7, -7, 5, Integer.MIN_VALUE);
        Array y = Array.of(3, 3, -3, -3, 0, -1);
        assertThat(x.fmod(y)).isEqualTo(Array.of(1, -1, 1, -1, 5, 0));
        assertThat(x.remainder(y)).isEqualTo(Array.of(1, 2, -2, -1, 5, 0));
        assertThat(Array.of(7L, -8L).remainder(2)).isEqualTo(Array.of(1L, 0L));
        assertThat(Array.of(200, 7).to(DType.U8).remainder(6))
                .isEqualTo(Array.of(2, 1).to(DType.U8));
    }

    @Test
    void functionsOfIntegersThatWouldNeedInfinity() {
        Array x = Array.of(-1, 2, 7);
        assertThat(x.isInf()).isEqualTo(Array.of(false, false, false));
        assertThat(x.isFinite()).isEqualTo(Array.of(true, true, true));
        assertThat(x.nanToNum(0, 1, 2)).isEqualTo(x);
        assertThat(x.clamp(0, Double.POSITIVE_INFINITY)).isEqualTo(Array.of(0, 2, 7));
        assertThat(x.clamp(0, 3)).isEqualTo(Array.of(0, 2, 3));
        assertThatThrownBy(() -> x.clamp(0.5, 3)).hasMessageStartingWith("0.5 is no number of type i32");
        assertThat(x.prod()).isEqualTo(Array.of(-14).reshape());
    }
}
