package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Decoupled weight decay: Δ ← Δ − η·λ·w. Stands behind the optimiser, so that no running mean sees it.
///
/// Source: Loshchilov, Hutter, "Decoupled weight decay regularization", ICLR 2019. As in PyTorch's `AdamW` the decay is
/// multiplied by the scheduled rate. For decay as a gradient of ‖w‖² see [WeightDecay].
///
/// @param rate η, usually the optimiser's
/// @param decay λ, at least 0
public record DecoupledDecay(Schedule rate, double decay) implements PerTensor {
    public DecoupledDecay {
        Range.notNegative("decoupled weight decay", "λ", decay);
    }

    @Override
    public List<String> slots() {
        return List.of();
    }

    @Override
    public Change change(Weight w) {
        Tensor factor = w.number(rate.rate(w.step()).mul(decay));
        return new Change(w.gradient().sub(w.value().mul(factor)), Map.of());
    }
}
