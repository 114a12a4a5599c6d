package dev.adjoint.op.indexing;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Search;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;

/// Where values belong among boundaries: y = #{i : bᵢ < v} on the left side of equal boundaries, #{i : bᵢ ≤ v} on the right.
///
/// Operands are the boundaries and the values. Boundaries `[n]` serve values of any shape; boundaries `[…,n]` serve the
/// rows of values `[…,m]` with the same leading axes. The boundaries need not be sorted: it is counted. NaN is above every
/// number. The result is of type i64 and between 0 and n.
///
/// @param side on which side of equal boundaries
public record SearchSorted(Side side) implements Search {
    /// On which side of equal boundaries a value goes.
    public enum Side {
        /// Before them: bᵢ₋₁ < v ≤ bᵢ.
        LEFT,
        /// Behind them: bᵢ₋₁ ≤ v < bᵢ.
        RIGHT
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 2);
        TensorType boundaries = operands.get(0);
        TensorType values = operands.get(1);
        if (boundaries.dtype() != values.dtype()) {
            throw new DTypeMismatch(name(), operands, "element types must be equal");
        }
        boolean rows = boundaries.rank() == values.rank()
                && boundaries.rank() > 0
                && boundaries.shape().leading(1).equals(values.shape().leading(1));
        if (boundaries.rank() != 1 && !rows) {
            throw new ShapeMismatch(
                    name(), operands, "boundaries need one axis, or the leading axes of the values and one axis");
        }
        return List.of(values.withDtype(DType.I64));
    }

    @Override
    public void evaluate(List<TensorType> types, List<Elements> operands, Elements out) {
        int size = (int) types.getFirst().dim(-1);
        boolean single = types.getFirst().rank() == 1;
        int rows = single ? 1 : (int) types.getFirst().shape().leading(1).count();
        int each = rows == 0 ? 0 : out.count() / rows;
        for (int row = 0; row < rows; row++) {
            long[] keys = new long[size];
            for (int i = 0; i < size; i++) {
                keys[i] = SortKeys.rising(operands.get(0), row * size + i);
            }
            Arrays.sort(keys);
            for (int j = row * each; j < (row + 1) * each; j++) {
                out.setLong(j, count(keys, SortKeys.rising(operands.get(1), j)));
            }
        }
    }

    /// How many keys are below (or, on the right, not above) a value.
    private int count(long[] keys, long value) {
        int low = 0;
        int high = keys.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean below = side == Side.LEFT ? keys[middle] < value : keys[middle] <= value;
            low = below ? middle + 1 : low;
            high = below ? high : middle;
        }
        return low;
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        Tensor boundaries = operands.x();
        if (!operands.isMapped(0) && boundaries.rank() == 1) {
            return List.of(boundaries.searchSorted(operands.operands().get(1), side));
        }
        Tensor all = operands.repeated(0);
        Tensor values = operands.repeated(1);
        Tensor rows = operands.rank(0) > 1
                ? values
                : values.reshape(
                        values.dim(0), values.shape().part(1, values.rank()).count());
        return List.of(all.searchSorted(rows, side).reshape(values.shape()));
    }

    @Override
    public String formula() {
        return "#{i : bᵢ < v}";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new SearchSorted(Side.LEFT)).normal(4).normal(2, 3),
                Sample.of(new SearchSorted(Side.RIGHT)).normal(4).normal(),
                Sample.of(new SearchSorted(Side.LEFT)).normal(2, 3).normal(2, 4),
                Sample.of(new SearchSorted(Side.RIGHT)).normal(2, 0).normal(2, 4),
                Sample.of(new SearchSorted(Side.RIGHT)).indices(5, 6).indices(5, 4));
    }
}
