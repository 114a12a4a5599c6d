package dev.adjoint.tensor;

import dev.adjoint.op.composite.Gelu;
import dev.adjoint.op.composite.GeluTanh;

/// Functions of networks and of floating numbers that are made of others, element by element; the definitions are those of
/// PyTorch's functions of the same names. Where a function has a kink, the derivative is that of its parts.
public interface Activations extends Algebra {
    /// 2ˣ.
    default Tensor exp2() {
        return self().mul(Math.log(2)).exp();
    }

    /// log₂ x.
    default Tensor log2() {
        return self().log().div(Math.log(2));
    }

    /// log₁₀ x.
    default Tensor log10() {
        return self().log().div(Math.log(10));
    }

    /// ln(eˣ + eʸ) without overflow: max(x, y) + ln(1 + e^(−|x − y|)).
    default Tensor logAddExp(Tensor y) {
        return self().maximum(y).add(self().sub(y).abs().neg().softplus());
    }

    /// The Gaussian error linear unit: x·Φ(x) = ½·x·(1 + erf(x/√2)). Source: Hendrycks, Gimpel, 2016.
    default Tensor gelu() {
        return self().apply(new Gelu());
    }

    /// The approximation of [#gelu] by a hyperbolic tangent: ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).
    default Tensor geluTanh() {
        return self().apply(new GeluTanh());
    }

    /// max(x, 0) + a·min(x, 0), with a slope that is learned. Source: He, Zhang, Ren, Sun, 2015.
    ///
    /// @param slope a, broadcast against x
    default Tensor prelu(Tensor slope) {
        return self().relu().sub(slope.mul(self().neg().relu()));
    }

    /// λ·x above 0, λ·α·(eˣ − 1) below, with λ = 1.0507… and α = 1.6732…: mean 0 and variance 1 stay. Source: Klambauer,
    /// Unterthiner, Mayr, Hochreiter, 2017.
    default Tensor selu() {
        return self().elu(1.6732632423543772).mul(1.0507009873554805);
    }

    /// max(x, 0) + min(0, α·(e^(x/α) − 1)). Source: Barron, 2017.
    ///
    /// @throws InvalidArgument if α is 0
    default Tensor celu(double alpha) {
        if (alpha == 0) {
            throw new InvalidArgument("celu divides by alpha, which must not be 0");
        }
        Tensor below = self().minimum(0).div(alpha).expm1().mul(alpha);
        return self().relu().add(below);
    }

    /// x·tanh(ln(1 + eˣ)). Source: Misra, 2019.
    default Tensor mish() {
        return self().mul(self().softplus().tanh());
    }

    /// x/(1 + |x|).
    default Tensor softsign() {
        return self().div(self().abs().add(1));
    }

    /// ln σ(x) = −ln(1 + e^(−x)).
    default Tensor logSigmoid() {
        return self().neg().softplus().neg();
    }

    /// min(max(x, 0), 6).
    default Tensor relu6() {
        return self().clamp(0, 6);
    }

    /// x/6 + ½, between 0 and 1.
    default Tensor hardSigmoid() {
        return self().div(6).add(0.5).clamp(0, 1);
    }

    /// x·hardSigmoid(x). Source: Howard and others, 2019.
    default Tensor hardSwish() {
        return self().mul(hardSigmoid());
    }

    /// x, between −1 and 1.
    default Tensor hardTanh() {
        return self().clamp(-1, 1);
    }

    /// ln(x/(1 − x)), the inverse of the sigmoid.
    default Tensor logit() {
        return self().log().sub(self().neg().log1p());
    }

    /// Whether elements are not a number.
    default Tensor isNan() {
        return self().ne(self());
    }

    /// Whether elements are +∞ or −∞.
    default Tensor isInf() {
        return dtype().isFloating() ? self().abs().eq(Double.POSITIVE_INFINITY) : self().ne(self());
    }

    /// Whether elements are neither infinite nor NaN.
    default Tensor isFinite() {
        return dtype().isFloating() ? self().abs().lt(Double.POSITIVE_INFINITY) : self().eq(self());
    }

    /// Other numbers in the place of NaN, +∞ and −∞; they pass no gradient. Integers stay as they are.
    ///
    /// @param nan in the place of NaN
    /// @param above in the place of +∞
    /// @param below in the place of −∞
    default Tensor nanToNum(double nan, double above, double below) {
        Tensor x = self();
        if (!dtype().isFloating()) {
            return x;
        }
        Tensor infinite = x.gt(0).where(x.constant(above), x.constant(below));
        return isNan().where(x.constant(nan), isInf().where(infinite, x));
    }

    private Tensor self() {
        return (Tensor) this;
    }
}
