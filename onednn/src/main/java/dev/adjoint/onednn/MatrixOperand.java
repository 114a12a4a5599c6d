package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Movement;
import dev.adjoint.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// An operand of a product of matrices as it is stored.
///
/// @param input which input of the cluster it is
/// @param transposed whether its matrices are stored by columns
/// @param stride the distance of two rows, or columns, as they are stored
/// @param batch by how much the place in the array moves along each batch axis of the result
@SuppressWarnings("ArrayRecordComponent") // never compared
record MatrixOperand(int input, boolean transposed, long stride, long[] batch) {
    /// Whether all products take the same matrix.
    boolean isSingle() {
        return Arrays.stream(batch).allMatch(move -> move == 0);
    }

    /// Whether its matrices are parts of one that is stored by rows, in order.
    boolean isOneBelowTheOther(long rows, Shape outer) {
        long move = rows * stride;
        boolean inOrder = !transposed;
        for (int axis = batch.length - 1; axis >= 0; axis--) {
            inOrder &= outer.dim(axis) == 1 || batch[axis] == move;
            move *= outer.dim(axis);
        }
        return inOrder;
    }

    MatrixOperand alone() {
        return new MatrixOperand(input, transposed, stride, new long[0]);
    }

    /// Where a row begins.
    long row(long row) {
        return transposed ? row : row * stride;
    }

    /// Where a column begins.
    long column(long column) {
        return transposed ? column * stride : column;
    }

    /// The operand that a cluster's product reads, perhaps through a view; nothing where its matrices are stored neither by rows nor by
    /// columns.
    static Optional<MatrixOperand> of(Cluster cluster, Value operand, Shape outer) {
        Value read = operand.op() instanceof Movement ? operand.input(0) : operand;
        long[] strides = operand.op() instanceof Movement view
                ? view.regions(List.of(read.type())).getFirst().fromStrides()
                : operand.shape().strides();
        int matrixAxes = strides.length - 2;
        long rowStride = strides[matrixAxes];
        long columnStride = strides[matrixAxes + 1];
        boolean byRows = columnStride == 1 && rowStride >= operand.dim(-1);
        boolean byColumns = rowStride == 1 && columnStride >= operand.dim(-2);
        if (!byRows && !byColumns) {
            return Optional.empty();
        }
        long[] batch = new long[outer.rank()];
        int lead = outer.rank() - matrixAxes;
        for (int axis = 0; axis < matrixAxes; axis++) {
            batch[lead + axis] = operand.dim(axis) == 1 ? 0 : strides[axis];
        }
        int input = cluster.graph().inputs().indexOf(read);
        return Optional.of(new MatrixOperand(input, !byRows, byRows ? rowStride : columnStride, batch));
    }
}
