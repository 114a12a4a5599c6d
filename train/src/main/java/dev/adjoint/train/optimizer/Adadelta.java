package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Adadelta: s ← ρs + (1−ρ)g², δ = g·√(u + ε)/√(s + ε), u ← ρu + (1−ρ)δ², w ← w − η·δ.
///
/// Source: Zeiler, "ADADELTA: an adaptive learning rate method", arXiv:1212.5701, algorithm 1; ε stands inside both roots
/// and η is 1 unless asked otherwise, as in PyTorch's `torch.optim.Adadelta`.
///
/// @param rate η
/// @param decay ρ, from 0 to below 1
/// @param epsilon ε, above 0: it begins the movement
public record Adadelta(Schedule rate, double decay, double epsilon) implements PerTensor {
    public Adadelta {
        Range.fraction("adadelta", "ρ", decay);
        Range.positive("adadelta", "ε", epsilon);
    }

    /// A constant rate; ρ = 0.9, ε = 10⁻⁶.
    public static Adadelta of(double rate) {
        return of(Schedule.constant(rate));
    }

    /// A scheduled rate; ρ = 0.9, ε = 10⁻⁶.
    public static Adadelta of(Schedule rate) {
        return new Adadelta(rate, 0.9, 1e-6);
    }

    @Override
    public List<String> slots() {
        return List.of("square", "moved");
    }

    @Override
    public Change change(Weight w) {
        Tensor g = w.gradient();
        Tensor s = Moments.mean(w.slot("square"), decay, g.square());
        Tensor u = w.slot("moved");
        Tensor delta = u.add(epsilon).sqrt().div(s.add(epsilon).sqrt()).mul(g);
        Tensor amount = delta.mul(w.number(rate.rate(w.step()).neg()));
        return new Change(amount, Map.of("square", s, "moved", Moments.mean(u, decay, delta.square())));
    }
}
