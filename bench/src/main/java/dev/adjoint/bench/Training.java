package dev.adjoint.bench;

import dev.adjoint.nn.Pass;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.TrainStep;

/// A training on one fixed batch, one step after the other.
///
/// @param <M> the model
/// @param <B> the batch
final class Training<M, B> {
    private final TrainStep<M, B> definition;
    private final Compiled<TrainStep.Argument<M, B>, TrainStep.Result<M>> compiled;
    private final Kernels kernels;
    private final B batch;
    private TrainState<M> state;

    Training(TrainStep<M, B> definition, M model, B batch, Kernels kernels) {
        this.definition = definition;
        this.compiled = Compiled.of(definition, kernels).donating(TrainStep.Argument::state);
        this.kernels = kernels;
        this.batch = batch;
        this.state = TrainState.start(model, definition.optimizer(), Key.of(1)).copy();
    }

    /// Does a step and returns the loss before it.
    double step() {
        TrainStep.Result<M> result = compiled.apply(new TrainStep.Argument<>(state, batch));
        state = result.state();
        return Array.of(result.loss()).item();
    }

    /// The executable of a step.
    Executable executable() {
        return compiled.executable(new TrainStep.Argument<>(state, batch));
    }

    /// The executable of the objective alone.
    Executable prediction() {
        Compiled<M, Tensor> objective =
                Compiled.of(model -> definition.objective().apply(model, batch, Pass.evaluation()), kernels);
        return objective.executable(state.model());
    }

    /// The arguments of the next step.
    TrainStep.Argument<M, B> argument() {
        return new TrainStep.Argument<>(state, batch);
    }
}
