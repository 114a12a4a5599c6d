package dev.adjoint.op.composite;

import dev.adjoint.op.Op;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/// The law of operators whose weights belong to channels: axis 1 of `[N,C,…]`.
final class Channels {
    private Channels() {}

    /// The first operand is `[N,C,…]`, all others are `[C]`.
    static void check(Op op, List<TensorType> operands) {
        TensorType x = operands.getFirst();
        boolean fits = x.rank() >= 2
                && operands.stream().skip(1).allMatch(o -> o.shape().equals(Shape.of(x.dim(1))));
        if (!fits) {
            throw new ShapeMismatch(op.name(), operands, "x must be [N,C,…] and all others [C], one for each channel");
        }
    }

    /// A tensor `[C]` as it broadcasts against `[N,C,…]` of the given rank.
    static Tensor along(Tensor channels, int rank) {
        Shape ones = Shape.scalar().padded(rank - 2);
        return channels.reshape(channels.shape().append(ones));
    }

    /// All axes but that of the channels.
    static Axes others(int rank) {
        return Axes.of(IntStream.range(0, rank).filter(axis -> axis != 1).toArray());
    }
}
