package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The index of the smallest element so far along one axis, the latest at a tie; from the first NaN on that of the latest NaN.
///
/// The result is of type i64. It has no derivative: it jumps.
///
/// @param axis the axis; a negative one counts from the end
public record CumArgMin(int axis) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Cumulation.check(this, operands, axis, DTypes.NUMERIC).getFirst();
        return List.of(x.withDtype(DType.I64));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return Cumulation.places(operands.getFirst(), axis, Tensor::minimum);
    }

    @Override
    public String withoutDerivative() {
        return "the result is an integer";
    }

    @Override
    public String formula() {
        return "argminⱼ≤ᵢ xⱼ";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new CumArgMin(0)).normal(5, 2),
                Sample.of(new CumArgMin(-1)).with(new Sample.Operand(TensorType.of(DType.I32, 2, 6), 0, 3)),
                Sample.of(new CumArgMin(0)).normal(0, 2));
    }
}
