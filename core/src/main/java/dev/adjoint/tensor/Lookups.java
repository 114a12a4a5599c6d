package dev.adjoint.tensor;

import dev.adjoint.op.indexing.Gather;
import dev.adjoint.op.indexing.ScatterAdd;

/// Reading and writing at computed places.
public interface Lookups extends Algebra {
    /// [Gather]: the slices at `indices` along an axis.
    default Tensor gather(int axis, Tensor indices) {
        return apply(new Gather(shape().axis(axis)), indices);
    }

    /// [ScatterAdd]: this tensor with `updates` added at `indices` along an axis.
    default Tensor scatterAdd(int axis, Tensor indices, Tensor updates) {
        return apply(new ScatterAdd(shape().axis(axis)), indices, updates);
    }
}
