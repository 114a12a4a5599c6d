package dev.adjoint.op.indexing;

import dev.adjoint.op.Op;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// What an indexed tensor and its indices must satisfy.
final class IndexLaw {
    private IndexLaw() {}

    static void check(Op op, List<TensorType> operands, int axis) {
        if (axis < 0 || axis >= operands.get(0).rank()) {
            throw new ShapeMismatch(op.name(), operands, "there is no axis " + axis + " to index");
        }
        if (!operands.get(1).dtype().isInteger()) {
            throw new DTypeMismatch(op.name(), operands, "indices must be integers; convert with i.to(DType.I64)");
        }
    }
}
