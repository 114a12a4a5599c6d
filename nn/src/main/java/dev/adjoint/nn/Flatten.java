package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;

/// All axes of an example in one: `[N,…]` to `[N,count]`.
///
/// {@snippet :
/// Tensor y = new Flatten().apply(x, Pass.evaluation());
/// }
public record Flatten() implements Layer {
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.reshape(x.dim(0), x.shape().part(1, x.rank()).count());
    }
}
