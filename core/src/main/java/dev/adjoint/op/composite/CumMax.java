package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The largest element so far along one axis: yᵢ = maxⱼ≤ᵢ xⱼ; NaN from the first NaN on.
///
/// The element that is read receives the cotangent, the latest at a tie, as in PyTorch: the one at [CumArgMax].
///
/// @param axis the axis; a negative one counts from the end
public record CumMax(int axis) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return Cumulation.check(this, operands, axis, DTypes.NUMERIC);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        return x.takeAlongAxis(axis, x.cumArgmax(axis));
    }

    @Override
    public String formula() {
        return "maxⱼ≤ᵢ xⱼ";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new CumMax(0)).normal(5, 2),
                Sample.of(new CumMax(-1)).normal(2, 4),
                Sample.of(new CumMax(0)).with(new Sample.Operand(TensorType.of(DType.I64, 9), -2, 3)),
                Sample.of(new CumMax(1)).normal(2, 0, 2));
    }
}
