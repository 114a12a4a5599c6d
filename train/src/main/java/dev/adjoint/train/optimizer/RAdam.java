package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// RAdam, rectified Adam: w ← w − η·r·m̂/((√v + ε)/√(1−β₂ᵗ)) where the variance of the step is known well enough
/// (ρₜ > 5), else w ← w − η·m̂, with ρ∞ = 2/(1−β₂) − 1, ρₜ = ρ∞ − 2t·β₂ᵗ/(1−β₂ᵗ) and
/// r = √((ρₜ−4)(ρₜ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρₜ)); m and v as in [Adam].
///
/// Source: Liu, Jiang, He, Chen, Liu, Gao, Han, "On the variance of the adaptive learning rate and beyond", ICLR 2020,
/// algorithm 2; the bound 5 and ε beside the root that is not corrected yet are those of PyTorch's `torch.optim.RAdam`.
///
/// @param rate η
/// @param meanDecay β₁, from 0 to below 1
/// @param squareDecay β₂, from above 0.6 to below 1: below that ρ∞ never reaches 4
/// @param epsilon ε, at least 0
public record RAdam(Schedule rate, double meanDecay, double squareDecay, double epsilon) implements PerTensor {
    public RAdam {
        Range.fraction("radam", "β₁", meanDecay);
        Range.require(
                squareDecay > 0.6 && squareDecay < 1,
                "radam",
                "β₂",
                "lies above 0.6 and below 1, not at " + squareDecay);
        Range.notNegative("radam", "ε", epsilon);
    }

    /// A constant rate; β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
    public static RAdam of(double rate) {
        return of(Schedule.constant(rate));
    }

    /// A scheduled rate; β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
    public static RAdam of(Schedule rate) {
        return new RAdam(rate, 0.9, 0.999, 1e-8);
    }

    @Override
    public List<String> slots() {
        return List.of("mean", "square");
    }

    @Override
    public Change change(Weight w) {
        Tensor m = Moments.mean(w.slot("mean"), meanDecay, w.gradient());
        Tensor v = Moments.mean(w.slot("square"), squareDecay, w.gradient().square());
        Tensor t = w.step().add(1);
        Tensor unbiased = Moments.correction(squareDecay, t);
        double longest = 2 / (1 - squareDecay) - 1;
        Tensor length = t.mul(-2).mul(unbiased.rsub(1)).div(unbiased).add(longest);
        // Where the length is too short the root is not used, but must not be NaN either.
        Tensor enough = length.maximum(5);
        Tensor rectified = enough.sub(4)
                .mul(enough.sub(2))
                .mul(longest)
                .div(enough.mul((longest - 4) * (longest - 2)))
                .sqrt();
        Tensor adaptive = w.number(unbiased.sqrt().mul(rectified)).div(v.sqrt().add(epsilon));
        Tensor scale = w.number(length).gt(5).where(adaptive, v.onesLike());
        Tensor descent =
                rate.rate(w.step()).div(Moments.correction(meanDecay, t)).neg();
        return new Change(m.mul(w.number(descent)).mul(scale), Map.of("mean", m, "square", v));
    }
}
