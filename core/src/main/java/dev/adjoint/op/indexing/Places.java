package dev.adjoint.op.indexing;

import dev.adjoint.op.Op;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;

/// Where the runs of neighbouring elements that [Gather] reads and [Scatter] writes begin.
///
/// The part (the tensor that is read out, or written in) has the axes (before, indices, between, inner); in the whole,
/// `before` is the axes in front of the first indexed one, `between` the others in front of the last, `inner` those behind.
///
/// Made once for the types; [#find] reads the indices of a run, for one thread at a time.
public final class Places {
    private final Op op;
    private final List<Integer> axes;
    private final Shape x;
    private final int before;
    private final int[] between;

    /// For every tensor of indices which of its elements stands at each place of the shape that they share.
    private final int[][] repeated;

    /// Σₖ iₖ·strideₖ for every index.
    private final int[] indexed;

    private Places(Op op, List<Integer> axes, List<TensorType> types) {
        Shape common = IndexLaw.shape(op, types.subList(1, 1 + axes.size()));
        this.op = op;
        this.axes = axes;
        this.x = types.getFirst().shape();
        this.before = (int) x.part(0, axes.getFirst()).count();
        this.between = between(axes, x);
        this.repeated = new int[axes.size()][];
        Arrays.setAll(repeated, k -> repeated(types.get(1 + k).shape(), common));
        this.indexed = new int[(int) common.count()];
    }

    /// What happens to a run of `length` elements, at `whole` in the one tensor and at `part` in the other.
    @FunctionalInterface
    interface Run {
        void at(int whole, int part, int length);
    }

    /// The places for operands of some types, which are still to be found.
    static Places of(Op op, List<Integer> axes, List<TensorType> types) {
        return new Places(op, axes, types);
    }

    private static int[] between(List<Integer> axes, Shape x) {
        int[] between = {0};
        for (int axis = axes.getFirst() + 1; axis < axes.getLast(); axis++) {
            if (!axes.contains(axis)) {
                between = crossed(between, (int) x.dim(axis), (int) x.strides()[axis]);
            }
        }
        return between;
    }

    private static int[] crossed(int[] starts, int extent, int stride) {
        int[] all = new int[starts.length * extent];
        for (int i = 0; i < all.length; i++) {
            all[i] = starts[i / extent] + i % extent * stride;
        }
        return all;
    }

    /// Finds the places that indices name, broadcast together.
    ///
    /// @throws InvalidArgument if an index is outside its axis
    Places find(List<Elements> operands) {
        Arrays.fill(indexed, 0);
        for (int k = 0; k < repeated.length; k++) {
            int axis = axes.get(k);
            int stride = stride(axis);
            Elements indices = operands.get(1 + k);
            for (int s = 0; s < indexed.length; s++) {
                indexed[s] += checked(op, indices.getLong(repeated[k][s]), axis, x.dim(axis)) * stride;
            }
        }
        return this;
    }

    /// By how much the place moves along an axis of the whole.
    private int stride(int axis) {
        int stride = 1;
        for (int behind = axis + 1; behind < x.rank(); behind++) {
            stride *= (int) x.dim(behind);
        }
        return stride;
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
        int inner = stride(axes.getLast());
        int beforeStride = (int) x.dim(axes.getFirst()) * stride(axes.getFirst());
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
