package dev.adjoint.op.composite;

import dev.adjoint.op.Batched;
import dev.adjoint.op.Op;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/// The law of operators that normalise over the last axes: the axes that their weights have.
final class TrailingAxes {
    private TrailingAxes() {}

    /// The first operand ends with the shape of all others.
    static void check(Op op, List<TensorType> operands) {
        check(op, operands, operands.size() - 1);
    }

    /// The first operand ends with the shape of the second, and the third is a cotangent of its type.
    static void checkGradient(Op op, List<TensorType> operands) {
        check(op, operands, 1);
        if (!operands.get(2).equals(operands.getFirst())) {
            throw new ShapeMismatch(op.name(), operands, "the cotangent must be of type " + operands.getFirst());
        }
    }

    private static void check(Op op, List<TensorType> operands, int weights) {
        TensorType x = operands.getFirst();
        Shape weight = operands.get(1).shape();
        boolean fits = weight.rank() > 0
                && weight.rank() <= x.rank()
                && x.shape().trailing(weight.rank()).equals(weight);
        if (!fits
                || operands.subList(1, 1 + weights).stream()
                        .anyMatch(o -> !o.shape().equals(weight))) {
            throw new ShapeMismatch(
                    op.name(), operands, "weights must have the shape of the last axes of x, at least one of them");
        }
    }

    /// A weight of ones, of the shape of the second operand without the batch axis.
    static Tensor ones(Batched operands) {
        Tensor weight = operands.operands().get(1);
        return weight.constant(1).broadcastTo(weight.shape().trailing(operands.rank(1)));
    }

    /// The sum of `[B,…,D]` over all axes between the first and those of a weight.
    static Tensor sums(Tensor x, Shape weight) {
        return x.sumTo(weight.padded(x.rank() - 1).prepend(x.dim(0))).reshape(weight.prepend(x.dim(0)));
    }

    static Axes of(int rank) {
        return Axes.of(IntStream.range(-rank, 0).toArray());
    }
}
