package dev.adjoint.op.linalg;

import dev.adjoint.op.Factorization;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.FactorizationFailure;
import dev.adjoint.tensor.FactorizationFailure.Reason;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// An operator at one matrix of a batch: the operands' matrices to read and the results' matrices to write. A result that
/// is a vector for every matrix is a column, a number a matrix of one element.
///
/// @param op the operator
/// @param types the types of the whole operands
/// @param place which matrix of the batch, in row-major order
/// @param operands the matrices to read
/// @param results the matrices to write
public record MatrixCall(
        Factorization op, List<TensorType> types, int place, List<Matrix> operands, List<Matrix> results) {
    public MatrixCall {
        operands = List.copyOf(operands);
        results = List.copyOf(results);
    }

    /// The first operand.
    Matrix a() {
        return operands.getFirst();
    }

    /// The second operand.
    Matrix b() {
        return operands.get(1);
    }

    /// The only (or first) result.
    Matrix out() {
        return results.getFirst();
    }

    /// Computes one matrix of the batch and writes it where it belongs.
    public static void run(
            Factorization op, List<TensorType> types, int place, List<Elements> operands, Results results) {
        List<Matrix> read = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Matrix matrix = matrix(types.get(i), op.axes());
            copy(operands.get(i), place, matrix);
            read.add(matrix);
        }
        int batch = types.getFirst().rank() - op.axes();
        List<Matrix> written = results.types().stream()
                .map(type -> matrix(type, type.rank() - batch))
                .toList();
        op.compute(new MatrixCall(op, types, place, read, written));
        for (int i = 0; i < written.size(); i++) {
            copy(written.get(i), results.elements().get(i), place);
        }
    }

    /// The results of the whole batch.
    public record Results(List<TensorType> types, List<Elements> elements) {
        public Results {
            types = List.copyOf(types);
            elements = List.copyOf(elements);
        }
    }

    private static Matrix matrix(TensorType type, int axes) {
        int rows = axes == 0 ? 1 : (int) type.dim(-axes);
        return new Matrix(rows, axes == 2 ? (int) type.dim(-1) : 1);
    }

    private static void copy(Elements from, int place, Matrix to) {
        int start = place * to.rows() * to.columns();
        for (int i = 0; i < to.rows(); i++) {
            for (int j = 0; j < to.columns(); j++) {
                to.set(i, j, from.get(start + i * to.columns() + j));
            }
        }
    }

    private static void copy(Matrix from, Elements to, int place) {
        int start = place * from.rows() * from.columns();
        for (int i = 0; i < from.rows(); i++) {
            for (int j = 0; j < from.columns(); j++) {
                to.set(start + i * from.columns() + j, from.get(i, j));
            }
        }
    }

    /// Writes NaN everywhere if the first operand has elements that are not numbers or infinite, and says whether it has.
    boolean isUndefined() {
        boolean undefined = !a().isFinite();
        if (undefined) {
            results.forEach(result -> result.fill(Double.NaN));
        }
        return undefined;
    }

    /// A failure at this matrix.
    ///
    /// @param law what is wrong with it, going on from "the matrix"
    FactorizationFailure failure(Reason reason, String law) {
        Shape batch = types.getFirst().shape().leading(op.axes());
        String which = batch.rank() == 0 ? "the matrix" : "matrix " + index(batch);
        return new FactorizationFailure(op.name(), types, reason, which + " " + law);
    }

    /// The refusal of a matrix without an inverse.
    FactorizationFailure singular(int pivot) {
        return failure(
                Reason.SINGULAR, "is singular: pivot " + pivot + " is 0. A least-squares answer: a.pinv().matmul(b)");
    }

    private String index(Shape batch) {
        long[] strides = batch.strides();
        long[] index = new long[strides.length];
        for (int axis = 0; axis < index.length; axis++) {
            index[axis] = place / strides[axis] % batch.dim(axis);
        }
        return Shape.of(index).toString();
    }
}
