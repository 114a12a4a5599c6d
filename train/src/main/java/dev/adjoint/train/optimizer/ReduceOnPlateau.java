package dev.adjoint.train.optimizer;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;

/// Smaller steps when a figure no longer improves: Δ ← s·Δ with s = 1 at first and s ← max(f·s, smallest) after more than
/// `patience` observations in a row that are not below the best one by the threshold's share of it.
///
/// It wraps the whole optimiser, so that s multiplies every rate in it. The figure is observed between steps by
/// [#observe], usually after every epoch; smaller is better. Definitions are those of PyTorch's `ReduceLROnPlateau` with
/// mode `min` and threshold mode `rel`, the smallest rate given as a share; its `eps` is 0.
///
/// @param inner the optimiser
/// @param factor f, above 0 and below 1
/// @param patience how many observations without an improvement are borne
/// @param threshold what share of the best figure counts as an improvement
/// @param cooldown how many observations after a reduction are not counted
/// @param smallest the least s
public record ReduceOnPlateau(
        Optimizer inner, double factor, long patience, double threshold, long cooldown, double smallest)
        implements Optimizer {
    /// s, the best figure, the observations in a row without an improvement, those still not to be counted, and the state
    /// of the optimiser.
    public record State(Tensor scale, Tensor best, Tensor bad, Tensor resting, Record inner) {}

    public ReduceOnPlateau {
        Range.require(factor > 0 && factor < 1, "plateau", "the factor", "lies above 0 and below 1, not at " + factor);
        Range.notNegative("plateau", "the patience", (double) patience);
        Range.fraction("plateau", "the threshold", threshold);
        Range.notNegative("plateau", "the cooldown", (double) cooldown);
        Range.fraction("plateau", "the smallest share", smallest);
    }

    /// f = 0.1, patience 10, threshold 10⁻⁴, no cooldown, any s.
    public static ReduceOnPlateau of(Optimizer inner) {
        return new ReduceOnPlateau(inner, 0.1, 10, 1e-4, 0, 0);
    }

    /// With another patience.
    public ReduceOnPlateau patience(long changed) {
        return new ReduceOnPlateau(inner, factor, changed, threshold, cooldown, smallest);
    }

    /// With another factor.
    public ReduceOnPlateau factor(double changed) {
        return new ReduceOnPlateau(inner, changed, patience, threshold, cooldown, smallest);
    }

    @Override
    public <M> State init(M model) {
        Tensor none = Array.scalar(DType.I64, 0);
        return new State(
                Array.scalar(DType.F64, 1),
                Array.scalar(DType.F64, Double.POSITIVE_INFINITY),
                none,
                none,
                inner.init(model));
    }

    @Override
    public <M> Update<M> update(M gradients, Record state, M model) {
        State old = (State) state;
        Update<M> update = inner.update(gradients, old.inner, model);
        M changes = Tree.map(update.changes(), d -> d.mul(old.scale.to(d.dtype())));
        return new Update<>(changes, new State(old.scale, old.best, old.bad, old.resting, update.state()));
    }

    /// The state after one more figure.
    ///
    /// @param state the state of this optimiser, computed
    /// @param figure smaller is better; NaN is no improvement
    public State observe(Record state, double figure) {
        State old = (State) state;
        double best = Array.of(old.best).item();
        boolean improved = figure < best * (1 - Math.copySign(threshold, best));
        long resting = Math.max(0, old.resting.elements().getLong(0) - 1);
        boolean rests = old.resting.elements().getLong(0) > 0;
        long bad = improved || rests ? 0 : old.bad.elements().getLong(0) + 1;
        double scale = Array.of(old.scale).item();
        if (bad > patience) {
            scale = Math.max(factor * scale, smallest);
            resting = cooldown;
            bad = 0;
        }
        return new State(
                Array.scalar(DType.F64, scale),
                Array.scalar(DType.F64, improved ? figure : best),
                Array.scalar(DType.I64, (double) bad),
                Array.scalar(DType.I64, (double) resting),
                old.inner);
    }
}
