package dev.adjoint.op.source;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Op;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// What a random operator asks of its operands: one key, perhaps parameters.
final class RandomLaw {
    private RandomLaw() {}

    static List<TensorType> infer(Op op, List<TensorType> operands, TensorType type) {
        Arity.check(op, operands, 1);
        if (!operands.getFirst().equals(TensorType.of(DType.I64))) {
            throw new DTypeMismatch(op.name(), operands, "the operand must be a key of type i64[]");
        }
        return List.of(type);
    }

    /// A key and floating parameters.
    static TensorType parameters(Op op, List<TensorType> operands) {
        Arity.check(op, operands, 2);
        if (!operands.getFirst().equals(TensorType.of(DType.I64))) {
            throw new DTypeMismatch(op.name(), operands, "the first operand must be a key of type i64[]");
        }
        if (!operands.get(1).dtype().isFloating()) {
            throw new DTypeMismatch(
                    op.name(), operands, "parameters must be of a floating type; convert with x.to(DType.F32)");
        }
        return operands.get(1);
    }

    static List<TensorType> inferFloating(Op op, List<TensorType> operands, TensorType type) {
        if (!type.dtype().isFloating()) {
            throw new DTypeMismatch(op.name(), List.of(type), "the result must be of a floating type");
        }
        return infer(op, operands, type);
    }
}
