package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Lion: w ← w − η·(sign(β₁m + (1−β₁)g) + λ·w), m ← β₂m + (1−β₂)g.
///
/// Every weight moves by η, whatever the size of its gradient. Usual are a third to a tenth of Adam's rate and three to
/// ten times its decay.
///
/// Source: Chen et al., "Symbolic discovery of optimization algorithms", NeurIPS 2023, program 1.
///
/// @param rate η
/// @param mix β₁, from 0 to below 1
/// @param decay β₂, from 0 to below 1
/// @param weightDecay λ, decoupled, at least 0
public record Lion(Schedule rate, double mix, double decay, double weightDecay) implements PerTensor {
    public Lion {
        Range.fraction("lion", "β₁", mix);
        Range.fraction("lion", "β₂", decay);
        Range.notNegative("lion", "λ", weightDecay);
    }

    /// A constant rate; β₁ = 0.9, β₂ = 0.99, λ = 0.
    public static Lion of(double rate) {
        return of(Schedule.constant(rate));
    }

    /// A scheduled rate; β₁ = 0.9, β₂ = 0.99, λ = 0.
    public static Lion of(Schedule rate) {
        return new Lion(rate, 0.9, 0.99, 0);
    }

    @Override
    public List<String> slots() {
        return List.of("mean");
    }

    @Override
    public Change change(Weight w) {
        Tensor m = w.slot("mean");
        Tensor sign = Moments.mean(m, mix, w.gradient()).sign();
        Tensor direction = sign.add(w.value().mul(weightDecay));
        Tensor amount = direction.mul(w.number(rate.rate(w.step()).neg()));
        return new Change(amount, Map.of("mean", Moments.mean(m, decay, w.gradient())));
    }
}
