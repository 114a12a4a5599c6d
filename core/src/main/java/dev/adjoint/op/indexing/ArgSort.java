package dev.adjoint.op.indexing;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Search;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The indices that sort along one axis: x[…,yᵢ,…] ≤ x[…,yᵢ₊₁,…], or ≥ in falling order.
///
/// Stable: equal elements keep their order, in either direction; −0 and 0 are equal. A NaN comes last, in either
/// direction, as in NumPy (PyTorch puts it first in falling order). The result is of type i64.
///
/// @param axis the axis; a negative one counts from the end
/// @param order which end comes first
public record ArgSort(int axis, Order order) implements Search {
    /// Which end comes first.
    public enum Order {
        /// The smallest element first.
        ASCENDING,
        /// The largest element first.
        DESCENDING
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        TensorType x = operands.getFirst();
        x.shape().axis(axis);
        return List.of(x.withDtype(DType.I64));
    }

    @Override
    public void evaluate(List<TensorType> types, List<Elements> operands, Elements out) {
        Slices slices =
                Slices.of(types.getFirst().shape(), types.getFirst().shape().axis(axis));
        long[] keys = new long[slices.extent()];
        for (int outer = 0; outer < slices.outer(); outer++) {
            for (int inner = 0; inner < slices.inner(); inner++) {
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = SortKeys.of(order, operands.getFirst(), slices.start(outer, i) + inner);
                }
                int[] sorted = SortKeys.order(keys);
                for (int i = 0; i < keys.length; i++) {
                    out.setLong(slices.start(outer, i) + inner, sorted[i]);
                }
            }
        }
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        int own = axis < 0 ? axis : axis + 1;
        return List.of(operands.x().argsort(own, order));
    }

    @Override
    public String formula() {
        return "x[y₀] ≤ x[y₁] ≤ …";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new ArgSort(0, Order.ASCENDING)).normal(5, 2),
                Sample.of(new ArgSort(-1, Order.DESCENDING)).normal(2, 5),
                Sample.of(new ArgSort(1, Order.ASCENDING)).normal(2, 0),
                Sample.of(new ArgSort(0, Order.DESCENDING))
                        .with(new Sample.Operand(TensorType.of(DType.I64, 9), -2, 3)),
                Sample.of(new ArgSort(0, Order.ASCENDING)).booleans(7));
    }
}
