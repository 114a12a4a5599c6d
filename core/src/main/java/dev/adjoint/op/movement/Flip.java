package dev.adjoint.op.movement;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.*;
import java.util.*;

/// The elements in reversed order along the given axes. It is its own transpose.
public record Flip(Axes axes) implements Movement {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        axes.in(operands.getFirst().shape());
        return operands;
    }

    @Override
    public List<Region> regions(List<TensorType> operands) {
        Shape shape = operands.getFirst().shape();
        long[] strides = shape.strides();
        long from = 0;
        for (int axis : axes.in(shape)) {
            from += Math.max(0, shape.dim(axis) - 1) * strides[axis];
            strides[axis] = -strides[axis];
        }
        return List.of(Region.read(shape, from, strides));
    }

    @Override
    public Tensor transpose(Call call, int operand, Tensor ct) {
        return ct.apply(this);
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        Axes shifted =
                axes.behindBatch(operands.x().shape().part(1, operands.x().rank()));
        return List.of(shifted.list().isEmpty() ? operands.x() : operands.x().apply(new Flip(shifted)));
    }

    @Override
    public String formula() {
        return "x with reversed axes";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Flip(Axes.of(0))).normal(3, 2),
                Sample.of(new Flip(Axes.of(0, -1))).normal(2, 2, 3),
                Sample.of(new Flip(Axes.all())).normal(4));
    }
}
