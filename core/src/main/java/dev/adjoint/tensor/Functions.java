package dev.adjoint.tensor;

import dev.adjoint.op.elementwise.Acos;
import dev.adjoint.op.elementwise.Acosh;
import dev.adjoint.op.elementwise.Asin;
import dev.adjoint.op.elementwise.Asinh;
import dev.adjoint.op.elementwise.Atan;
import dev.adjoint.op.elementwise.Atanh;
import dev.adjoint.op.elementwise.Cast;
import dev.adjoint.op.elementwise.Cbrt;
import dev.adjoint.op.elementwise.Ceil;
import dev.adjoint.op.elementwise.Clamp;
import dev.adjoint.op.elementwise.Cos;
import dev.adjoint.op.elementwise.Cosh;
import dev.adjoint.op.elementwise.Elu;
import dev.adjoint.op.elementwise.Erf;
import dev.adjoint.op.elementwise.Erfc;
import dev.adjoint.op.elementwise.Exp;
import dev.adjoint.op.elementwise.Expm1;
import dev.adjoint.op.elementwise.Floor;
import dev.adjoint.op.elementwise.LeakyRelu;
import dev.adjoint.op.elementwise.Lgamma;
import dev.adjoint.op.elementwise.Log;
import dev.adjoint.op.elementwise.Log1p;
import dev.adjoint.op.elementwise.Polygamma;
import dev.adjoint.op.elementwise.Relu;
import dev.adjoint.op.elementwise.Round;
import dev.adjoint.op.elementwise.Rsqrt;
import dev.adjoint.op.elementwise.Sigmoid;
import dev.adjoint.op.elementwise.Silu;
import dev.adjoint.op.elementwise.Sin;
import dev.adjoint.op.elementwise.Sinh;
import dev.adjoint.op.elementwise.Softplus;
import dev.adjoint.op.elementwise.Sqrt;
import dev.adjoint.op.elementwise.StopGradient;
import dev.adjoint.op.elementwise.Tan;
import dev.adjoint.op.elementwise.Tanh;
import dev.adjoint.op.elementwise.Trunc;

/// Functions of one number, applied to every element.
public interface Functions extends Algebra {
    /// [Cos]
    default Tensor cos() {
        return apply(new Cos());
    }

    /// [Exp]
    default Tensor exp() {
        return apply(new Exp());
    }

    /// [Expm1]
    default Tensor expm1() {
        return apply(new Expm1());
    }

    /// [Log]
    default Tensor log() {
        return apply(new Log());
    }

    /// [Log1p]
    default Tensor log1p() {
        return apply(new Log1p());
    }

    /// [Relu]
    default Tensor relu() {
        return apply(new Relu());
    }

    /// [Rsqrt]
    default Tensor rsqrt() {
        return apply(new Rsqrt());
    }

    /// [Sigmoid]
    default Tensor sigmoid() {
        return apply(new Sigmoid());
    }

    /// [Sin]
    default Tensor sin() {
        return apply(new Sin());
    }

    /// [Softplus]
    default Tensor softplus() {
        return apply(new Softplus());
    }

    /// [Sqrt]
    default Tensor sqrt() {
        return apply(new Sqrt());
    }

    /// [StopGradient]
    default Tensor stopGradient() {
        return apply(new StopGradient());
    }

    /// [Tanh]
    default Tensor tanh() {
        return apply(new Tanh());
    }

    /// [Tan]
    default Tensor tan() {
        return apply(new Tan());
    }

    /// [Asin]
    default Tensor asin() {
        return apply(new Asin());
    }

    /// [Acos]
    default Tensor acos() {
        return apply(new Acos());
    }

    /// [Atan]
    default Tensor atan() {
        return apply(new Atan());
    }

    /// [Sinh]
    default Tensor sinh() {
        return apply(new Sinh());
    }

    /// [Cosh]
    default Tensor cosh() {
        return apply(new Cosh());
    }

    /// [Cbrt]
    default Tensor cbrt() {
        return apply(new Cbrt());
    }

    /// [Floor]
    default Tensor floor() {
        return apply(new Floor());
    }

    /// [Ceil]
    default Tensor ceil() {
        return apply(new Ceil());
    }

    /// [Round]
    default Tensor round() {
        return apply(new Round());
    }

    /// [Silu]
    default Tensor silu() {
        return apply(new Silu());
    }

    /// [LeakyRelu]
    default Tensor leakyRelu(double slope) {
        return apply(new LeakyRelu(slope));
    }

    /// [Elu]
    default Tensor elu(double alpha) {
        return apply(new Elu(alpha));
    }

    /// [Clamp]; integers between bounds that are integers.
    default Tensor clamp(double low, double high) {
        Clamp clamp = new Clamp(low, high);
        return dtype().isInteger()
                ? ((Tensor) this).maximum(Math.max(low, dtype().lowest())).minimum(Math.min(high, dtype().highest()))
                : apply(clamp);
    }

    /// [Acosh]
    default Tensor acosh() {
        return apply(new Acosh());
    }

    /// [Asinh]
    default Tensor asinh() {
        return apply(new Asinh());
    }

    /// [Atanh]
    default Tensor atanh() {
        return apply(new Atanh());
    }

    /// [Erf]
    default Tensor erf() {
        return apply(new Erf());
    }

    /// [Erfc]
    default Tensor erfc() {
        return apply(new Erfc());
    }

    /// [Lgamma]
    default Tensor lgamma() {
        return apply(new Lgamma());
    }

    /// [Trunc]
    default Tensor trunc() {
        return apply(new Trunc());
    }

    /// The digamma function: ψ(x) = d/dx ln Γ(x), [Polygamma] of order 0.
    default Tensor digamma() {
        return polygamma(0);
    }

    /// [Polygamma]
    default Tensor polygamma(int order) {
        return apply(new Polygamma(order));
    }

    /// [Cast]; the tensor itself if it already has the type.
    default Tensor to(DType dtype) {
        return dtype == dtype() ? (Tensor) this : apply(new Cast(dtype));
    }

    /// This tensor in the element type that holds its own numbers and the other's: [DType#promotedWith].
    ///
    /// {@snippet :
    /// Tensor counts = Array.of(1, 2, 3);
    /// Tensor rates = Array.of(0.5f, 0.25f, 0.125f);
    /// Tensor product = counts.promotedWith(rates).mul(rates); // [0.5 0.5 0.375] f32[3]
    /// }
    default Tensor promotedWith(Tensor other) {
        return to(dtype().promotedWith(other.dtype()));
    }
}
