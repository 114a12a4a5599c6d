package dev.adjoint.cli.training;

import dev.adjoint.explain.NumberRange;
import dev.adjoint.io.FolderLock;
import dev.adjoint.nn.Layer;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.Callback;
import dev.adjoint.train.Checkpoints;
import dev.adjoint.train.Diverged;
import dev.adjoint.train.TrainState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A run in a folder, from its first or its last step to its end.
///
/// @param experiment what is computed
/// @param folder where its files are
/// @param kernels what computes it
/// @param every how often a checkpoint is made, beside those after every epoch
public record TrainingRun(Experiment experiment, RunFolder folder, Kernels kernels, Checkpoints.Every every) {
    /// What came of it.
    ///
    /// @param last the figures of the last epoch; those of testing are the ones of the network that is left
    /// @param seconds how long the steps of this process took, evaluation included
    /// @param stepsPerSecond how many of them there were in a second
    public record Result(History.Epoch last, double seconds, double stepsPerSecond) {}

    /// Trains from the first step, telling the callbacks after the files are written. An earlier run in the folder is deleted.
    ///
    /// @throws dev.adjoint.tensor.AdjointException if the loss becomes NaN or infinite; the message says which operator made it
    /// @throws dev.adjoint.io.FileFailure if a file cannot be written, or another process is at work in the folder
    public Result start(List<Callback<Layer>> callbacks) {
        TrainState<Layer> state = experiment.start();
        try (FolderLock _ = folder.lock()) {
            folder.prepare();
            folder.writeCheckpoint(state, experiment.configuration(), History.empty());
            return run(state, History.empty(), callbacks);
        }
    }

    /// Trains from the last checkpoint on.
    ///
    /// @throws dev.adjoint.tensor.AdjointException if the checkpoint cannot be read, or the loss becomes NaN or infinite
    public Result resume(History history, List<Callback<Layer>> callbacks) {
        try (FolderLock _ = folder.lock()) {
            return run(folder.state(experiment.start()), history, callbacks);
        }
    }

    private Result run(TrainState<Layer> from, History history, List<Callback<Layer>> callbacks) {
        describe();
        Recorder recorder = new Recorder(folder, history);
        List<Callback<Layer>> told = new ArrayList<>(List.of(recorder, checkpoints(recorder)));
        told.addAll(callbacks);
        long start = System.nanoTime();
        TrainState<Layer> state = steps(from, told);
        double seconds = (System.nanoTime() - start) * 1e-9;
        Layer network = experiment.result(state);
        folder.writeModel(experiment.task().trained(network), experiment.configuration());
        folder.write("metrics.csv", recorder.history().csv());
        folder.write("loss.svg", Pictures.losses(recorder.history()));
        double speed = (state.steps() - from.steps()) / seconds;
        return new Result(measured(network, recorder.history().last().orElseThrow()), seconds, speed);
    }

    private void describe() {
        folder.write("run.json", new RunRecord(experiment, kernels).json());
        folder.write("summary.txt", ModelReport.of(experiment).text());
        folder.write("graph.svg", Pictures.graph(experiment));
        folder.write("rate.svg", Pictures.rates(experiment.schedule(), experiment.steps()));
    }

    private TrainState<Layer> steps(TrainState<Layer> from, List<Callback<Layer>> told) {
        try {
            return experiment.trainer(kernels).callbacks(told).run(from, experiment.epochs());
        } catch (Diverged e) {
            throw new Divergence(experiment, folder, kernels).explained(e);
        }
    }

    /// Weights that are not finite are not saved: the checkpoints before them are the ones to go on from.
    private Checkpoints<Layer> checkpoints(Recorder recorder) {
        return new Checkpoints<>(every, (state, _) -> {
            if (isFinite(state.model())) {
                folder.writeCheckpoint(state, experiment.configuration(), recorder.history());
            }
        });
    }

    static boolean isFinite(Layer network) {
        return Tree.leaves(network).stream().allMatch(w -> NumberRange.of(w).nonFinite() == 0);
    }

    private History.Epoch measured(Layer network, History.Epoch last) {
        if (!experiment.resultDiffers()) {
            return last;
        }
        Map<String, Double> figures = experiment.figures(network, kernels);
        return new History.Epoch(
                last.epoch(),
                last.steps(),
                last.trainLoss(),
                Objects.requireNonNull(figures.get("loss")),
                Objects.requireNonNull(figures.get("accuracy")),
                last.seconds());
    }
}
