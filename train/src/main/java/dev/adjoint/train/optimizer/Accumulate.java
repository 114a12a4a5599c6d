package dev.adjoint.train.optimizer;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.transform.Loops;

/// Gradient accumulation: k batches make one step, with ḡ = (g₁ + … + gₖ)/k. In between the weights stand still.
///
/// With objectives that are means over batches of one size this is a step on a batch k times as large, in the memory of
/// one. The inner optimiser and its schedules count steps, not batches.
///
/// @param batches k, at least 1
/// @param inner what makes the step
public record Accumulate(long batches, Optimizer inner) implements Optimizer {
    /// The batches since the last step, the sum of their gradients, and the state of the inner optimiser.
    public record State<M>(Tensor count, M sum, Record inner) {}

    /// What the inner optimiser is given when its turn comes.
    ///
    /// @param sum the sum of the gradients
    /// @param state the state of the inner optimiser
    /// @param model the weights
    public record Turn<M>(M sum, Record state, M model) {}

    public Accumulate {
        Range.count("gradient accumulation", "the number of batches", batches);
    }

    @Override
    public <M> State<M> init(M model) {
        return new State<>(Array.scalar(DType.I64, 0), Tree.map(model, Tensor::zerosLike), inner.init(model));
    }

    @Override
    @SuppressWarnings("unchecked") // the state is the one that init made for this model
    public <M> Update<M> update(M gradients, Record state, M model) {
        State<M> old = (State<M>) state;
        M sum = Tree.zip(old.sum, gradients, Tensor::add);
        Tensor next = old.count.add(1);
        Tensor isTurn = next.eq((double) batches);
        Update<M> update = Loops.<Turn<M>, Update<M>>cond(
                isTurn,
                new Turn<>(sum, old.inner, model),
                turn -> inner.update(Tree.map(turn.sum, s -> s.div((double) batches)), turn.state, turn.model),
                turn -> new Update<>(Tree.map(turn.model, Tensor::zerosLike), turn.state));
        M kept = Tree.map(sum, s -> isTurn.where(s.zerosLike(), s));
        Tensor count = isTurn.where(next.zerosLike(), next);
        return new Update<>(update.changes(), new State<>(count, kept, update.state()));
    }
}
