package dev.adjoint.op.source;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Op;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// What a random operator asks of its operand: one key.
final class RandomLaw {
    private RandomLaw() {}

    static List<TensorType> infer(Op op, List<TensorType> operands, TensorType type) {
        Arity.check(op, operands, 1);
        if (!operands.getFirst().equals(TensorType.of(DType.I64))) {
            throw new DTypeMismatch(op.name(), operands, "the operand must be a key of type i64[]");
        }
        return List.of(type);
    }

    static List<TensorType> inferFloating(Op op, List<TensorType> operands, TensorType type) {
        if (!type.dtype().isFloating()) {
            throw new DTypeMismatch(op.name(), List.of(type), "the result must be of a floating type");
        }
        return infer(op, operands, type);
    }
}
