package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Adam: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − η·m̂/(√v̂ + ε) with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).
///
/// Source: Kingma, Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1; ε stands outside the root as
/// in PyTorch's `torch.optim.Adam`.
///
/// @param rate η
/// @param meanDecay β₁, from 0 to below 1
/// @param squareDecay β₂, from 0 to below 1
/// @param epsilon ε, at least 0
public record Adam(Schedule rate, double meanDecay, double squareDecay, double epsilon) implements PerTensor {
    public Adam {
        Range.fraction("adam", "β₁", meanDecay);
        Range.fraction("adam", "β₂", squareDecay);
        Range.notNegative("adam", "ε", epsilon);
    }

    /// A constant rate; β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
    public static Adam of(double rate) {
        return of(Schedule.constant(rate));
    }

    /// A scheduled rate; β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
    public static Adam of(Schedule rate) {
        return new Adam(rate, 0.9, 0.999, 1e-8);
    }

    /// With other β₁ and β₂.
    public Adam decays(double mean, double square) {
        return new Adam(rate, mean, square, epsilon);
    }

    /// With another ε.
    public Adam epsilon(double changed) {
        return new Adam(rate, meanDecay, squareDecay, changed);
    }

    @Override
    public List<String> slots() {
        return List.of("mean", "square");
    }

    @Override
    public Change change(Weight w) {
        Tensor m = Moments.mean(w.slot("mean"), meanDecay, w.gradient());
        Tensor v = Moments.mean(w.slot("square"), squareDecay, w.gradient().square());
        return new Change(descent(w, m, v), Map.of("mean", m, "square", v));
    }

    /// −η·m̂/(√v̂ + ε) for running means that are not corrected yet.
    Tensor descent(Weight w, Tensor m, Tensor v) {
        Tensor t = w.step().add(1);
        Tensor descent =
                rate.rate(w.step()).div(Moments.correction(meanDecay, t)).neg();
        Tensor deviation =
                v.div(w.number(Moments.correction(squareDecay, t))).sqrt().add(epsilon);
        return m.mul(w.number(descent)).div(deviation);
    }
}
