package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;
import java.util.List;

/// LAMB: w ← w − η·(‖w‖/‖r‖)·r with r = m̂/(√v̂ + ε) + λ·w; m̂ and v̂ as in [Adam].
///
/// The quotient, taken of every tensor as a whole, is 1 if one of the norms is 0. Made for very large batches.
///
/// Source: You et al., "Large batch optimization for deep learning: training BERT in 76 minutes", ICLR 2020, algorithm 2,
/// with φ(z) = z. PyTorch has no LAMB.
///
/// @param adam η, β₁, β₂ and ε
/// @param weightDecay λ, at least 0
public record Lamb(Adam adam, double weightDecay) implements PerTensor {
    public Lamb {
        Range.notNegative("lamb", "λ", weightDecay);
    }

    /// A constant rate; β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁶.
    public static Lamb of(double rate, double weightDecay) {
        return new Lamb(Adam.of(rate).epsilon(1e-6), weightDecay);
    }

    @Override
    public List<String> slots() {
        return adam.slots();
    }

    @Override
    public Change change(Weight w) {
        Change unit = new Adam(Schedule.constant(1), adam.meanDecay(), adam.squareDecay(), adam.epsilon()).change(w);
        Tensor direction = unit.amount().sub(w.value().mul(weightDecay));
        Tensor weight = Moments.norm(w.value());
        Tensor step = Moments.norm(direction);
        Tensor known = weight.gt(0).and(step.gt(0));
        Tensor trust = known.where(weight.div(known.where(step, step.onesLike())), weight.onesLike());
        Tensor amount = direction.mul(trust).mul(w.number(adam.rate().rate(w.step())));
        return new Change(amount, unit.slots());
    }
}
