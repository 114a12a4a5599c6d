package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;

/// A function of a tensor that may hold weights: a record whose tensors are its weights.
///
/// {@snippet :
/// Layer layer = Linear.init(Key.of(1), 784, 10);
/// Tensor scores = layer.apply(x, Pass.evaluation());
/// }
@FunctionalInterface
public interface Layer {
    /// The result for a batch of examples; axis 0 counts the examples.
    ///
    /// @throws dev.adjoint.tensor.ShapeMismatch if the input does not fit the weights
    Tensor apply(Tensor x, Pass pass);
}
