package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Adagrad: s ← s + g², w ← w − η·g/(√s + ε).
///
/// Source: Duchi, Hazan, Singer, "Adaptive subgradient methods for online learning and stochastic optimization", JMLR
/// 2011. ε stands outside the root as in PyTorch's `torch.optim.Adagrad`; its `lr_decay` λ is the schedule
/// η(t) = η/(1 + t·λ), see [Schedule#inverseTime].
///
/// @param rate η
/// @param initial s before the first step, at least 0
/// @param epsilon ε, at least 0
public record Adagrad(Schedule rate, double initial, double epsilon) implements PerTensor {
    public Adagrad {
        Range.notNegative("adagrad", "the initial sum", initial);
        Range.notNegative("adagrad", "ε", epsilon);
    }

    /// A constant rate; sums from 0, ε = 10⁻¹⁰.
    public static Adagrad of(double rate) {
        return of(Schedule.constant(rate));
    }

    /// A scheduled rate; sums from 0, ε = 10⁻¹⁰.
    public static Adagrad of(Schedule rate) {
        return new Adagrad(rate, 0, 1e-10);
    }

    @Override
    public List<String> slots() {
        return List.of("sum");
    }

    @Override
    public Tensor initial(String slot, Tensor weight) {
        return weight.constant(initial).broadcastTo(weight.shape());
    }

    @Override
    public Change change(Weight w) {
        Tensor s = w.slot("sum").add(w.gradient().square());
        Tensor descent = w.number(rate.rate(w.step()).neg());
        return new Change(w.gradient().mul(descent).div(s.sqrt().add(epsilon)), Map.of("sum", s));
    }
}
