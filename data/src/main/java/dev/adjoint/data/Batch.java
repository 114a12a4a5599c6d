package dev.adjoint.data;

import dev.adjoint.tensor.Tensor;

/// Some examples, for one step of training: the tree of tensors that a compiled step takes.
///
/// @param features `f32[batch, …]`
/// @param labels the class of each example, `i64[batch]`
public record Batch(Tensor features, Tensor labels) {
    /// The number of examples.
    public int size() {
        return Math.toIntExact(labels.type().shape().count());
    }
}
