package dev.adjoint.op;

import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The law of broadcasting: shapes align at their last axes; along each axis extents are equal, or 1 and repeated.
public final class Broadcasting {
    private Broadcasting() {}

    /// The common shape of the operands.
    ///
    /// @throws ShapeMismatch naming the axis at which two of them differ
    public static Shape shape(String operator, List<TensorType> operands) {
        int rank = operands.stream().mapToInt(TensorType::rank).max().orElse(0);
        long[] dims = new long[rank];
        for (int axis = 1; axis <= rank; axis++) {
            dims[rank - axis] = extent(operator, operands, axis);
        }
        return Shape.of(dims);
    }

    private static long extent(String operator, List<TensorType> operands, int fromEnd) {
        long extent = 1;
        for (TensorType operand : operands) {
            long own = fromEnd > operand.rank() ? 1 : operand.dim(-fromEnd);
            if (own != 1 && extent != 1 && own != extent) {
                throw new ShapeMismatch(
                        operator,
                        operands,
                        "extents along axis -" + fromEnd + " must be equal or 1, not " + extent + " and " + own
                                + hint(operands));
            }
            extent = own == 1 ? extent : own;
        }
        return Shape.of(extent).dim(0);
    }

    private static String hint(List<TensorType> operands) {
        if (operands.size() != 2) {
            return "";
        }
        TensorType x = operands.get(0);
        TensorType y = operands.get(1);
        if (x.rank() == 2 && y.rank() == 1 && x.dim(0) == y.dim(0)) {
            return ". To go along the rows, write y.expand(1)";
        }
        if (x.rank() == 2 && y.rank() == 2 && x.dim(0) == y.dim(1) && x.dim(1) == y.dim(0)) {
            return ". The transpose fits: y.mT()";
        }
        return "";
    }
}
