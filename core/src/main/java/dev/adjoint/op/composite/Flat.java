package dev.adjoint.op.composite;

import dev.adjoint.tensor.*;
import java.util.*;

/// Several axes as one.
final class Flat {
    private Flat() {}

    /// The given axes joined to one behind the others.
    static Tensor behind(Tensor x, Axes axes) {
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
