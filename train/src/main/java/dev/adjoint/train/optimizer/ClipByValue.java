package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;

/// Clipping by value: g ← min(max(g, −c), c), element by element. Stands before the optimiser.
///
/// As PyTorch's `clip_grad_value_`.
///
/// @param limit c, above 0
public record ClipByValue(double limit) implements Memoryless {
    public ClipByValue {
        Range.positive("clipping by value", "the limit", limit);
    }

    @Override
    public Tensor change(Tensor gradient, Tensor weight) {
        return gradient.clamp(-limit, limit);
    }
}
