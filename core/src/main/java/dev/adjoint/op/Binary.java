package dev.adjoint.op;

import dev.adjoint.op.elementwise.*;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Elementwise operators of two operands: a formula z = f(x, y) and its two partial derivatives.
public sealed interface Binary extends Elementwise
        permits Add, Sub, Mul, Div, Pow, Maximum, Minimum, Hypot, Atan2, Fmod, Remainder, Comparison, Logical, Bitwise {
    /// The formula z = f(x, y).
    <S> S compute(Scalars<S> s, S x, S y);

    /// ∂f/∂x; the call holds x, y and z = out.
    Tensor left(Call call);

    /// ∂f/∂y; the call holds x, y and z = out.
    Tensor right(Call call);

    /// The values of the first operand at which the formula is tested.
    default Domain leftDomain() {
        return Domain.reals();
    }

    /// The values of the second operand at which the formula is tested.
    default Domain rightDomain() {
        return Domain.reals();
    }

    @Override
    default <S> S compute(Scalars<S> s, List<S> operands) {
        return compute(s, operands.get(0), operands.get(1));
    }

    @Override
    default Tensor partial(Call call, int operand) {
        return operand == 0 ? left(call) : right(call);
    }

    @Override
    default int arity() {
        return 2;
    }

    @Override
    default DTypes accepts() {
        return DTypes.NUMERIC;
    }
}
