package dev.adjoint.op;

import dev.adjoint.op.elementwise.*;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Operators that compare two numbers; the result is a boolean and carries no derivative.
public sealed interface Comparison extends Binary permits Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual {
    @Override
    default DType resultType(List<DType> operands) {
        return DType.BOOL;
    }

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
        return DTypes.ANY;
    }

    @Override
    default String withoutDerivative() {
        return "the result is a boolean";
    }
}
