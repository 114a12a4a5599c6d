package dev.adjoint.op.composite;

import dev.adjoint.op.DTypes;
import dev.adjoint.op.Op;
import dev.adjoint.tensor.*;
import java.util.*;
import java.util.function.UnaryOperator;

/// What is read from the elements along some axes in rising order; NaN if one is NaN.
final class OrderStatistic {
    private OrderStatistic() {}

    static List<TensorType> infer(Op op, List<TensorType> operands, Axes axes, DTypes accepted) {
        Cumulation.check(op, operands, accepted);
        TensorType x = operands.getFirst();
        if (axes.size(x.shape()) == 0) {
            throw new ShapeMismatch(
                    op.name(),
                    operands,
                    "no elements along axes " + axes.in(x.shape()) + ", and " + op.name() + " of nothing has no value");
        }
        return List.of(x.withShape(axes.reduce(x.shape())));
    }

    /// @param choose from elements sorted along the last axis, which it takes away
    static Tensor of(Tensor x, Axes axes, UnaryOperator<Tensor> choose) {
        Tensor sorted = flat(x, axes).sort(-1);
        Tensor last = sorted.take(-1, -1); // NaN comes last
        return last.ne(last).where(last, choose.apply(sorted)).reshape(axes.reduce(x.shape()));
    }

    /// The given axes joined to one behind the others.
    private static Tensor flat(Tensor x, Axes axes) {
        List<Integer> joined = axes.in(x.shape());
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            if (!joined.contains(axis)) {
                order.add(axis);
            }
        }
        Shape others = Shape.of(order.stream().map(x::dim).toList());
        order.addAll(joined);
        return x.permute(new Permutation(order)).reshape(others.append(axes.size(x.shape())));
    }
}
