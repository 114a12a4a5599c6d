package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;

/// Nothing changes: Δ = 0. For the part of a model that keeps its weights, see [ByPath]; what a compiled step would have
/// computed for it alone is not computed.
public record Frozen() implements Memoryless {
    @Override
    public Tensor change(Tensor gradient, Tensor weight) {
        return weight.zerosLike();
    }
}
