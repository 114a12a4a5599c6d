package dev.adjoint.train;

import dev.adjoint.tensor.Tensor;

/// A number for every example; its mean over all examples is reported.
///
/// @param name what it is reported as
/// @param function the numbers for a model and a batch, `[N]`
public record Metric<M, B>(String name, PerExample<M, B> function) {
    /// The numbers of a batch.
    @FunctionalInterface
    public interface PerExample<M, B> {
        Tensor apply(M model, B batch);
    }
}
