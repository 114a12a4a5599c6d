package dev.adjoint.op.indexing;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Search;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The first indices of those that sort along one axis: y₀ … yₖ₋₁ of [ArgSort], found without sorting the rest.
///
/// One pass over the elements keeps the best k in a heap: n comparisons where most elements are not among them, n·log k at
/// worst.
///
/// @param axis the axis; a negative one counts from the end
/// @param order which end comes first
/// @param count k, at most the extent of the axis
public record ArgTopK(int axis, ArgSort.Order order, long count) implements Search {
    public ArgTopK {
        if (count < 0) {
            throw new InvalidArgument("argtopk: at least 0 elements are taken, not " + count);
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        TensorType x = operands.getFirst();
        if (count > x.dim(axis)) {
            throw new ShapeMismatch(
                    name(), operands, count + " elements cannot be taken of " + x.dim(axis) + " along axis " + axis);
        }
        return List.of(new TensorType(DType.I64, x.shape().with(axis, count)));
    }

    @Override
    public void evaluate(List<TensorType> types, List<Elements> operands, Elements out) {
        int along = types.getFirst().shape().axis(axis);
        Slices slices = Slices.of(types.getFirst().shape(), along);
        Slices chosen = new Slices(slices.outer(), (int) count, slices.inner());
        long[] keys = new long[slices.extent()];
        for (int outer = 0; outer < slices.outer(); outer++) {
            for (int inner = 0; inner < slices.inner(); inner++) {
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = SortKeys.of(order, operands.getFirst(), slices.start(outer, i) + inner);
                }
                int[] first = new FirstKeys(keys, (int) count).indices();
                for (int i = 0; i < first.length; i++) {
                    out.setLong(chosen.start(outer, i) + inner, first[i]);
                }
            }
        }
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        int own = axis < 0 ? axis : axis + 1;
        return List.of(operands.x().apply(new ArgTopK(own, order, count)));
    }

    @Override
    public String formula() {
        return "x[y₀] ≤ x[y₁] ≤ … ≤ x[yₖ₋₁] ≤ all others";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new ArgTopK(0, ArgSort.Order.ASCENDING, 2)).normal(5, 2),
                Sample.of(new ArgTopK(-1, ArgSort.Order.DESCENDING, 3)).normal(2, 5),
                Sample.of(new ArgTopK(1, ArgSort.Order.ASCENDING, 0)).normal(2, 3),
                Sample.of(new ArgTopK(0, ArgSort.Order.DESCENDING, 4))
                        .with(new Sample.Operand(TensorType.of(DType.I64, 9), -2, 3)),
                Sample.of(new ArgTopK(0, ArgSort.Order.ASCENDING, 3)).booleans(7));
    }
}
