package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;

/// A layer that is used as after training even while the network around it is trained: nothing is dropped out, statistics
/// stand still. Its weights still get gradients; to keep them, give them an optimiser that changes nothing.
///
/// {@snippet :
/// Sequential model = Sequential.empty().then("body", new Evaluated(pretrained)).then("head", head);
/// }
///
/// @param inner the layer
public record Evaluated(Layer inner) implements Layer {
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return inner.apply(x, Pass.evaluation());
    }
}
