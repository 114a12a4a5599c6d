package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;

/// L1 regularisation: g ← g + λ·sign(w), the gradient of λ·‖w‖₁; nothing at w = 0. Stands before the optimiser.
///
/// @param rate λ
public record L1(double rate) implements Memoryless {
    public L1 {
        Range.notNegative("l1", "λ", rate);
    }

    @Override
    public Tensor change(Tensor gradient, Tensor weight) {
        return gradient.add(weight.sign().mul(rate));
    }
}
