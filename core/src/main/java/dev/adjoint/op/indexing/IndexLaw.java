package dev.adjoint.op.indexing;

import dev.adjoint.op.Broadcasting;
import dev.adjoint.op.Op;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// What an indexed tensor and its indices must satisfy.
final class IndexLaw {
    private IndexLaw() {}

    /// Attributes: rising axes, at least one.
    static List<Integer> rising(String operator, List<Integer> axes) {
        boolean rises = !axes.isEmpty() && axes.getFirst() >= 0;
        for (int k = 1; k < axes.size(); k++) {
            rises &= axes.get(k - 1) < axes.get(k);
        }
        if (!rises) {
            throw new InvalidArgument(operator
                    + " takes the indexed axes in rising order from 0, each once and at least one, not " + axes);
        }
        return List.copyOf(axes);
    }

    /// The type of what is read or written: the axes of the indices stand where the first indexed axis was.
    static TensorType part(Op op, List<TensorType> operands, List<Integer> axes) {
        TensorType x = operands.getFirst();
        if (axes.getLast() >= x.rank()) {
            throw new ShapeMismatch(op.name(), operands, "there is no axis " + axes.getLast() + " to index");
        }
        List<TensorType> indices = operands.subList(1, 1 + axes.size());
        if (!indices.stream().allMatch(i -> i.dtype().isInteger())) {
            throw new DTypeMismatch(op.name(), operands, "indices must be integers; convert with i.to(DType.I64)");
        }
        Shape shape = x.shape().part(0, axes.getFirst()).append(shape(op, indices));
        for (int axis = axes.getFirst(); axis < x.rank(); axis++) {
            shape = axes.contains(axis) ? shape : shape.append(x.dim(axis));
        }
        return x.withShape(shape);
    }

    /// The common shape of the indices.
    static Shape shape(Op op, List<TensorType> indices) {
        return Broadcasting.shape(op.name(), indices);
    }
}
