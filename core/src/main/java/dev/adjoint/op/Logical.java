package dev.adjoint.op;

import dev.adjoint.op.elementwise.And;
import dev.adjoint.op.elementwise.Or;
import dev.adjoint.op.elementwise.Xor;
import dev.adjoint.tensor.Tensor;

/// Operators on two booleans.
public sealed interface Logical extends Binary permits And, Or, Xor {
    @Override
    default Tensor left(Call call) {
        return call.x().zerosLike();
    }

    @Override
    default Tensor right(Call call) {
        return call.y().zerosLike();
    }

    @Override
    default DTypes accepts() {
        return DTypes.BOOLEAN;
    }

    @Override
    default String withoutDerivative() {
        return "operands and result are booleans";
    }
}
