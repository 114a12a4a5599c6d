package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;

/// One cycle of T steps: from peak/d a half cosine up to the peak at step p·T − 1, then a half cosine down to
/// peak/(d·D) at step T − 1, where the rate stays.
///
/// Source: Smith, Topin, "Super-convergence: very fast training of neural networks using large learning rates",
/// arXiv:1708.07120; PyTorch's `OneCycleLR` with `anneal_strategy='cos'` and two phases, without its cycling of momentum.
///
/// @param peak the largest rate
/// @param steps T
/// @param rising p, the share of the steps that rise, from 0 to 1; p·T > 1
/// @param divisor d, at least 1
/// @param lastDivisor D, at least 1
public record OneCycle(double peak, long steps, double rising, double divisor, double lastDivisor) implements Schedule {
    public OneCycle {
        Range.notNegative("one-cycle", "the peak rate", peak);
        Range.require(
                rising * steps > 1 && rising * steps < steps,
                "one-cycle",
                "the rise",
                "takes more than one step and fewer than all, not " + rising * steps + " of " + steps);
        Range.require(divisor >= 1, "one-cycle", "the divisor", "is at least 1, not " + divisor);
        Range.require(lastDivisor >= 1, "one-cycle", "the last divisor", "is at least 1, not " + lastDivisor);
    }

    /// p = 0.3, d = 25, D = 10⁴.
    public static OneCycle of(double peak, long steps) {
        return new OneCycle(peak, steps, 0.3, 25, 1e4);
    }

    @Override
    public Tensor rate(Tensor step) {
        double top = rising * steps - 1;
        double end = (double) (steps - 1);
        double first = peak / divisor;
        Tensor up = Annealing.cosine(first, peak, step.div(top).minimum(1));
        Tensor down = Annealing.cosine(
                peak, first / lastDivisor, step.sub(top).div(end - top).clamp(0, 1));
        return step.le(top).where(up, down);
    }
}
