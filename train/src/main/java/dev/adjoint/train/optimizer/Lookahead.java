package dev.adjoint.train.optimizer;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;

/// Lookahead: after every k steps of another optimiser, φ ← φ + α·(w − φ), w ← φ. φ begins where the weights begin.
///
/// Source: Zhang, Lucas, Hinton, Ba, "Lookahead optimizer: k steps forward, 1 step back", NeurIPS 2019, algorithm 1; the
/// inner optimiser keeps its state.
///
/// @param inner the optimiser that goes ahead
/// @param steps k, at least 1
/// @param share α, above 0, at most 1
public record Lookahead(Optimizer inner, long steps, double share) implements Optimizer {
    /// The steps since the slow weights moved, these, and the state of the inner optimiser.
    public record State<M>(Tensor count, M slow, Record inner) {}

    public Lookahead {
        Range.count("lookahead", "the number of steps", steps);
        Range.require(share > 0 && share <= 1, "lookahead", "α", "lies above 0 and is at most 1, not " + share);
    }

    /// k = 5, α = 0.5.
    public static Lookahead of(Optimizer inner) {
        return new Lookahead(inner, 5, 0.5);
    }

    @Override
    public <M> State<M> init(M model) {
        return new State<>(Array.scalar(DType.I64, 0), model, inner.init(model));
    }

    @Override
    @SuppressWarnings("unchecked") // the state is the one that init made for this model
    public <M> Update<M> update(M gradients, Record state, M model) {
        State<M> old = (State<M>) state;
        Update<M> ahead = inner.update(gradients, old.inner, model);
        Tensor next = old.count.add(1);
        Tensor returns = next.eq((double) steps);
        M fast = Tree.zip(model, ahead.changes(), Tensor::add);
        M slow = Tree.zip(old.slow, fast, (p, w) -> returns.where(p.add(w.sub(p).mul(share)), p));
        M back = Tree.zip(slow, model, Tensor::sub);
        M changes = Tree.zip(back, ahead.changes(), returns::where);
        return new Update<>(changes, new State<>(returns.where(next.zerosLike(), next), slow, ahead.state()));
    }
}
