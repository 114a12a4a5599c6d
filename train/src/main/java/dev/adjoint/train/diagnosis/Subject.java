package dev.adjoint.train.diagnosis;

import dev.adjoint.nn.Pass;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.TrainStep;
import java.util.List;

/// What is diagnosed: a model with its initial weights, the step that is to train it, and some batches to train on.
///
/// @param model the weights to start from
/// @param step objective and optimiser
/// @param batches at least one; axis 0 of their tensors counts the examples
/// @param key where random numbers come from
/// @param <M> the model, a tree of tensors
/// @param <B> the batch, a tree of tensors
public record Subject<M, B>(M model, TrainStep<M, B> step, List<B> batches, Key key) {
    public Subject {
        batches = List.copyOf(batches);
        if (batches.isEmpty()) {
            throw new InvalidArgument("a diagnosis needs at least one batch");
        }
    }

    /// The first batch.
    public B batch() {
        return batches.getFirst();
    }

    /// The batch of a step, counted from 0; they begin again after the last.
    B batch(long step) {
        return batches.get((int) (step % batches.size()));
    }

    /// The same training of other weights.
    public Subject<M, B> with(M other) {
        return new Subject<>(other, step, batches, key);
    }

    /// The state before the first step.
    TrainState<M> start() {
        return TrainState.start(model, step.optimizer(), key);
    }

    /// The objective as a training step sees it; the same random numbers in every call.
    Tensor loss(M weights, B examples) {
        return step.objective().apply(weights, examples, Pass.training(Array.key(key)));
    }

    /// The objective as it is when the model is used: without dropout.
    Tensor evaluated(M weights, B examples) {
        return step.objective().apply(weights, examples, Pass.evaluation());
    }
}
