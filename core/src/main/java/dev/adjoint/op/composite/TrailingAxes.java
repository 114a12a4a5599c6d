package dev.adjoint.op.composite;

import dev.adjoint.op.Op;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/// The law of operators that normalise over the last axes: the axes that their weights have.
final class TrailingAxes {
    private TrailingAxes() {}

    /// The first operand ends with the shape of all others.
    static void check(Op op, List<TensorType> operands) {
        TensorType x = operands.getFirst();
        Shape weight = operands.get(1).shape();
        boolean fits = weight.rank() > 0
                && weight.rank() <= x.rank()
                && x.shape().trailing(weight.rank()).equals(weight);
        if (!fits || operands.stream().skip(1).anyMatch(o -> !o.shape().equals(weight))) {
            throw new ShapeMismatch(
                    op.name(), operands, "weights must have the shape of the last axes of x, at least one of them");
        }
    }

    static Axes of(int rank) {
        return Axes.of(IntStream.range(-rank, 0).toArray());
    }
}
