package dev.adjoint.train;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tree;

/// L2 regularisation: g ← g + λ·w, the gradient of λ/2·‖w‖². Stands before the optimiser.
///
/// @param rate λ
public record WeightDecay(double rate) implements Optimizer {
    /// There is nothing to remember.
    public record State() {}

    public WeightDecay {
        if (!(rate >= 0)) {
            throw new InvalidArgument("a weight decay is at least 0, not " + rate);
        }
    }

    /// The given λ.
    public static WeightDecay of(double rate) {
        return new WeightDecay(rate);
    }

    @Override
    public <M> State init(M model) {
        return new State();
    }

    @Override
    public <M> Update<M> update(M gradients, Record state, M model) {
        return new Update<>(Tree.zip(gradients, model, (g, w) -> g.add(w.mul(rate))), state);
    }
}
