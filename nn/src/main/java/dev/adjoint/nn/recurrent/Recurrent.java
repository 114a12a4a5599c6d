package dev.adjoint.nn.recurrent;

import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Pass;
import dev.adjoint.tensor.Tensor;

/// A layer over sequences that carries a state from step to step: (sₜ, yₜ) = f(sₜ₋₁, xₜ).
///
/// x is `[N,T,…]`, y is `[N,T,…]`. Used as a [Layer] it begins with [#start]; to go on where the piece before ended, use
/// [#run(Object, Tensor)].
///
/// @param <S> the state, a tensor or a tree of tensors
public interface Recurrent<S> extends Layer {
    /// The state before the first step for a batch of sequences.
    S start(Tensor x);

    /// The results and the state after the last step.
    Steps<S> run(S state, Tensor x);

    @Override
    default Tensor apply(Tensor x, Pass pass) {
        return run(start(x), x).results();
    }
}
