package dev.adjoint.op.indexing;

import dev.adjoint.op.Op;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Where the runs of neighbouring elements that [Gather] reads and [Scatter] writes begin.
///
/// The part (the tensor that is read out, or written in) has the axes (before, indices, between, inner); in the whole,
/// `before` is the axes in front of the first indexed one, `between` the others in front of the last, `inner` those behind.
final class Places {
    private final int before;
    private final int beforeStride;
    private final int[] indexed;
    private final int[] between;
    private final int inner;

    private Places(int before, int beforeStride, int[] indexed, int[] between, int inner) {
        this.before = before;
        this.beforeStride = beforeStride;
        this.indexed = indexed;
        this.between = between;
        this.inner = inner;
    }

    /// What happens to a run of `length` elements, at `whole` in the one tensor and at `part` in the other.
    @FunctionalInterface
    interface Run {
        void at(int whole, int part, int length);
    }

    /// The places that indices name.
    ///
    /// @throws InvalidArgument if an index is outside its axis
    static Places of(Op op, List<Integer> axes, List<TensorType> types, List<Elements> operands) {
        Shape x = types.getFirst().shape();
        int first = axes.getFirst();
        int last = axes.getLast();
        int[] between = {0};
        for (int axis = first + 1; axis < last; axis++) {
            if (!axes.contains(axis)) {
                between = crossed(between, (int) x.dim(axis), (int) x.strides()[axis]);
            }
        }
        return new Places(
                (int) x.part(0, first).count(),
                (int) x.part(first, x.rank()).count(),
                indexed(op, axes, types, operands),
                between,
                (int) x.part(last + 1, x.rank()).count());
    }

    private static int[] crossed(int[] starts, int extent, int stride) {
        int[] all = new int[starts.length * extent];
        for (int i = 0; i < all.length; i++) {
            all[i] = starts[i / extent] + i % extent * stride;
        }
        return all;
    }

    /// Σₖ iₖ·strideₖ for every index, the indices broadcast together.
    private static int[] indexed(Op op, List<Integer> axes, List<TensorType> types, List<Elements> operands) {
        Shape x = types.getFirst().shape();
        Shape common = IndexLaw.shape(op, types.subList(1, 1 + axes.size()));
        int[] starts = new int[(int) common.count()];
        for (int k = 0; k < axes.size(); k++) {
            int axis = axes.get(k);
            int stride = (int) x.strides()[axis];
            Elements indices = operands.get(1 + k);
            int[] places = repeated(types.get(1 + k).shape(), common);
            for (int s = 0; s < starts.length; s++) {
                starts[s] += checked(op, indices.getLong(places[s]), axis, x.dim(axis)) * stride;
            }
        }
        return starts;
    }

    /// Which element of a tensor stands at each place of the larger shape that it is repeated to.
    private static int[] repeated(Shape own, Shape common) {
        long[] strides = own.stridesIn(common);
        int[] places = {0};
        for (int axis = 0; axis < common.rank(); axis++) {
            places = crossed(places, (int) common.dim(axis), (int) strides[axis]);
        }
        return places;
    }

    private static int checked(Op op, long index, int axis, long extent) {
        if (index < 0 || index >= extent) {
            throw new InvalidArgument(
                    op.name() + ": index " + index + " is outside axis " + axis + " of extent " + extent);
        }
        return (int) index;
    }

    /// Visits every run once, those of one index after those of the indices before it.
    void each(Run run) {
        int part = 0;
        for (int outer = 0; outer < before; outer++) {
            for (int start : indexed) {
                for (int offset : between) {
                    run.at(outer * beforeStride + start + offset, part, inner);
                    part += inner;
                }
            }
        }
    }
}
