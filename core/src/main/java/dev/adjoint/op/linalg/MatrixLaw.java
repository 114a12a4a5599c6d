package dev.adjoint.op.linalg;

import dev.adjoint.op.Arity;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Op;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// What operators on matrices ask of their operands.
final class MatrixLaw {
    private MatrixLaw() {}

    /// One operand that is a matrix of floating numbers.
    static TensorType matrix(Op op, List<TensorType> operands) {
        Arity.check(op, operands, 1);
        checkMatrix(op, operands, 0);
        return operands.getFirst();
    }

    /// One operand that is a square matrix.
    static TensorType square(Op op, List<TensorType> operands) {
        TensorType a = matrix(op, operands);
        checkSquare(op, operands);
        return a;
    }

    /// A square matrix and right-hand sides as columns.
    static TensorType system(Op op, List<TensorType> operands) {
        Arity.check(op, operands, 2);
        checkMatrix(op, operands, 0);
        checkMatrix(op, operands, 1);
        checkSquare(op, operands);
        TensorType a = operands.get(0);
        TensorType b = operands.get(1);
        if (a.dtype() != b.dtype()) {
            throw new DTypeMismatch(op.name(), operands, "element types must be equal");
        }
        if (a.dim(-1) != b.dim(-2)) {
            throw new ShapeMismatch(
                    op.name(),
                    operands,
                    "rows of the right-hand side (axis -2: " + b.dim(-2) + ") must equal rows of the matrix (axis -2: "
                            + a.dim(-2) + ")" + (a.dim(-1) == b.dim(-1) ? ". The transpose fits: b.mT()" : ""));
        }
        if (!a.shape().leading(2).equals(b.shape().leading(2))) {
            throw new ShapeMismatch(op.name(), operands, "leading axes must be equal");
        }
        return b;
    }

    private static void checkMatrix(Op op, List<TensorType> operands, int operand) {
        TensorType x = operands.get(operand);
        if (x.rank() < 2) {
            throw new ShapeMismatch(op.name(), operands, "needs a matrix: at least two axes");
        }
        if (!DTypes.FLOATING.contains(x.dtype())) {
            throw new DTypeMismatch(
                    op.name(), operands, "defined for floating types only; convert with x.to(DType.F64)");
        }
    }

    private static void checkSquare(Op op, List<TensorType> operands) {
        TensorType a = operands.getFirst();
        if (a.dim(-1) != a.dim(-2)) {
            throw new ShapeMismatch(
                    op.name(),
                    operands,
                    "needs a square matrix; it has " + a.dim(-2) + " rows (axis -2) and " + a.dim(-1)
                            + " columns (axis -1)");
        }
    }
}
