package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;

/// Clipping by norm, every tensor by itself: g ← g·min(1, c/(‖g‖ + 10⁻⁶)). Stands before the optimiser.
///
/// PyTorch's `clip_grad_norm_` applied to one parameter at a time; see [ClipByGlobalNorm] for all at once.
///
/// @param limit c, above 0
public record ClipByNorm(double limit) implements Memoryless {
    public ClipByNorm {
        Range.positive("clipping by norm", "the limit", limit);
    }

    @Override
    public Tensor change(Tensor gradient, Tensor weight) {
        return gradient.mul(shrinking(Moments.norm(gradient), limit));
    }

    /// min(1, c/(norm + 10⁻⁶)).
    static Tensor shrinking(Tensor norm, double limit) {
        return norm.add(1e-6).rdiv(limit).minimum(1);
    }
}
