package dev.adjoint.train;

import dev.adjoint.nn.Pass;
import dev.adjoint.tensor.Tensor;

/// What training makes small: one number for a model and a batch.
///
/// @param <M> the model
/// @param <B> the batch, a tree of tensors
@FunctionalInterface
public interface Objective<M, B> {
    /// The number, a floating tensor without axes.
    Tensor apply(M model, B batch, Pass pass);
}
