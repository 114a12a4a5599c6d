package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;

/// L2 regularisation: g ← g + λ·w, the gradient of λ/2·‖w‖². Stands before the optimiser.
///
/// This is PyTorch's `weight_decay` of every optimiser but AdamW; for that one's see [DecoupledDecay].
///
/// @param rate λ
public record WeightDecay(double rate) implements Memoryless {
    public WeightDecay {
        Range.notNegative("weight decay", "λ", rate);
    }

    /// The given λ.
    public static WeightDecay of(double rate) {
        return new WeightDecay(rate);
    }

    @Override
    public Tensor change(Tensor gradient, Tensor weight) {
        return gradient.add(weight.mul(rate));
    }
}
