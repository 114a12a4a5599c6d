package dev.adjoint.op;

import dev.adjoint.op.elementwise.*;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Elementwise operators of one operand: a formula y = f(x) and its derivative f′(x).
public sealed interface Unary extends Elementwise
        permits Neg,
                Exp,
                Log,
                Log1p,
                Expm1,
                Sqrt,
                Rsqrt,
                Square,
                Abs,
                Sign,
                Sin,
                Cos,
                Tanh,
                Sigmoid,
                Softplus,
                Relu,
                Not,
                Cast,
                StopGradient,
                Tan,
                Asin,
                Acos,
                Atan,
                Sinh,
                Cosh,
                Cbrt,
                Floor,
                Ceil,
                Round,
                LeakyRelu,
                Elu,
                Silu,
                Clamp,
                Asinh,
                Acosh,
                Atanh,
                Trunc,
                Erf,
                Erfc,
                Lgamma,
                Polygamma {
    /// The formula y = f(x).
    <S> S compute(Scalars<S> s, S x);

    /// f′(x), given x and y = f(x).
    Tensor derivative(Tensor x, Tensor y);

    /// Where f is defined and smooth.
    default Domain domain() {
        return Domain.reals();
    }

    @Override
    default <S> S compute(Scalars<S> s, List<S> operands) {
        return compute(s, operands.getFirst());
    }

    @Override
    default Tensor partial(Call call, int operand) {
        return derivative(call.x(), call.out());
    }

    @Override
    default int arity() {
        return 1;
    }

    @Override
    default DTypes accepts() {
        return DTypes.FLOATING;
    }
}
