package dev.adjoint.nn.recurrent;

import dev.adjoint.tensor.Tensor;

/// What a network gives for a piece of sequences.
///
/// @param results one for every step, `[N,T,…]`
/// @param last the state after the last step, from which the next piece goes on
public record Steps<S>(Tensor results, S last) {}
