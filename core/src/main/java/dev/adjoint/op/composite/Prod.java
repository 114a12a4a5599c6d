package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The product along the given axes: y = Πᵢ xᵢ; of nothing, 1. Integers wrap around.
///
/// Expands into a tree of pairwise products, so that the derivatives of every order are exact at zeros too, where y/xᵢ
/// would not be defined.
public record Prod(Axes axes) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Cumulation.check(this, operands, DTypes.NUMERIC);
        TensorType x = operands.getFirst();
        return List.of(x.withShape(axes.reduce(x.shape())));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor y = operands.getFirst();
        Shape result = axes.reduce(y.shape());
        for (int axis : axes.in(y.shape())) {
            y = along(y, axis);
        }
        return y.reshape(result);
    }

    private static Tensor along(Tensor x, int axis) {
        if (x.dim(axis) == 0) {
            return x.constant(1).broadcastTo(x.shape().with(axis, 1));
        }
        Tensor rest = x;
        while (rest.dim(axis) > 1) {
            long size = rest.dim(axis);
            long half = size / 2;
            Tensor pairs = rest.slice(axis, 0, half).mul(rest.slice(axis, half, 2 * half));
            rest = size % 2 == 0 ? pairs : Tensor.concat(axis, List.of(pairs, rest.slice(axis, size - 1, size)));
        }
        return rest;
    }

    @Override
    public String formula() {
        return "Πᵢ xᵢ";
    }

    @Override
    public String onnx() {
        return "ReduceProd";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Prod(Axes.all())).normal(2, 3),
                Sample.of(new Prod(Axes.of(0))).normal(5, 2),
                Sample.of(new Prod(Axes.of(-1).kept())).normal(2, 3),
                Sample.of(new Prod(Axes.of(1))).normal(2, 0),
                Sample.of(new Prod(Axes.of(0))).with(new Sample.Operand(TensorType.of(DType.I32, 5), -2, 3)));
    }
}
