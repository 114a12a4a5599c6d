package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;

/// Leaves out whole examples while the network is trained: at the end of the body of a [Residual] it is stochastic depth; see
/// [dev.adjoint.tensor.Dropouts#dropPath].
///
/// x and y are `[N,…]` of one shape.
///
/// {@snippet :
/// Layer layer = Residual.of(body.then("path", new DropPath(0.1)));
/// }
///
/// @param rate the probability of zero, from 0 to 1
public record DropPath(double rate) implements Layer {
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return pass.isTraining() ? x.dropPath(pass.nextKey(), rate) : x;
    }
}
