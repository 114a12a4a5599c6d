package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.indexing.ArgSort;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The elements along one axis in order: yᵢ ≤ yᵢ₊₁, or ≥ in falling order. Stable; a NaN comes last in either direction.
///
/// Every result receives from, and gives back to, the element that it is: the one at [ArgSort].
///
/// @param axis the axis; a negative one counts from the end
/// @param order which end comes first
public record Sort(int axis, ArgSort.Order order) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        operands.getFirst().shape().axis(axis);
        return operands;
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        return x.takeAlongAxis(axis, x.argsort(axis, order));
    }

    @Override
    public String formula() {
        return "y₀ ≤ y₁ ≤ …";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Sort(0, ArgSort.Order.ASCENDING)).normal(4, 2),
                Sample.of(new Sort(-1, ArgSort.Order.DESCENDING)).normal(2, 3),
                Sample.of(new Sort(1, ArgSort.Order.ASCENDING)).normal(2, 0),
                Sample.of(new Sort(0, ArgSort.Order.DESCENDING))
                        .with(new Sample.Operand(TensorType.of(DType.I32, 7), -2, 3)));
    }
}
