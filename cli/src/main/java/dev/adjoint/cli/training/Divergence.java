package dev.adjoint.cli.training;

import dev.adjoint.data.Batch;
import dev.adjoint.explain.Checked;
import dev.adjoint.explain.NonFinite;
import dev.adjoint.nn.Layer;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.train.Batches;
import dev.adjoint.train.Diverged;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.TrainStep;
import java.util.Optional;

/// Where a loss that is no number comes from. Training goes from the last checkpoint to the bad step once more, with the
/// same bits, and the bad step is run operator by operator.
///
/// @param experiment what was computed
/// @param folder where its checkpoints are
/// @param kernels what computed it
record Divergence(Experiment experiment, RunFolder folder, Kernels kernels) {
    /// The failure with the operator that made it, and the checkpoint that is left.
    AdjointException explained(Diverged diverged) {
        String origin = origin().map(found -> "; " + found).orElse("");
        String left = folder.latest()
                .map(file -> "; the last good checkpoint is " + file)
                .orElse("");
        return new AdjointException(diverged.getMessage() + origin + left, diverged);
    }

    private Optional<String> origin() {
        TrainState<Layer> state = folder.state(experiment.start());
        Compiled<TrainStep.Argument<Layer, Batch>, TrainStep.Result<Layer>> step =
                Compiled.of(experiment.step(), kernels);
        Batches<Batch> batches = experiment.batches();
        long epoch = state.steps() / batches.count();
        long skipped = state.steps() - epoch * batches.count();
        for (Batch batch : batches.epoch(epoch)) {
            if (skipped-- > 0) {
                continue;
            }
            var argument = new TrainStep.Argument<>(state, batch);
            TrainStep.Result<Layer> result = step.apply(argument);
            state = result.state();
            if (!Double.isFinite(Array.of(result.loss()).item()) || !TrainingRun.isFinite(state.model())) {
                return found(argument, state.steps());
            }
        }
        return Optional.empty();
    }

    private Optional<String> found(TrainStep.Argument<Layer, Batch> argument, long step) {
        try {
            Checked.everyOperator(experiment.step()).apply(argument);
            return Optional.empty();
        } catch (NonFinite e) {
            return Optional.of("in step " + step + ", " + e.getMessage());
        }
    }
}
