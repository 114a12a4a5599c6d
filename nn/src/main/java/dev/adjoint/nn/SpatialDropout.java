package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;

/// Leaves out whole channels of `[N,C,…]` while the network is trained; see [dev.adjoint.tensor.Dropouts#featureDropout].
///
/// {@snippet :
/// Tensor y = new SpatialDropout(0.2).apply(x, Pass.training(Array.key(Key.of(1))));
/// }
///
/// @param rate the probability of zero, from 0 to 1
public record SpatialDropout(double rate) implements Layer {
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return pass.isTraining() ? x.featureDropout(pass.nextKey(), rate) : x;
    }
}
