package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;

/// Dropout for networks of scaled exponential units while the network is trained; mean and variance stay; see
/// [dev.adjoint.tensor.Dropouts#alphaDropout].
///
/// x and y are of any shape, and of the same one.
///
/// {@snippet :
/// Tensor y = new AlphaDropout(0.1).apply(x, Pass.training(Array.key(Key.of(1))));
/// }
///
/// @param rate the probability of being left out, from 0 to 1
public record AlphaDropout(double rate) implements Layer {
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return pass.isTraining() ? x.alphaDropout(pass.nextKey(), rate) : x;
    }
}
