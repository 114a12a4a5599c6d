package dev.adjoint.cli.training;

import dev.adjoint.io.FolderLock;
import dev.adjoint.nn.Sequential;
import dev.adjoint.run.Kernels;
import dev.adjoint.train.Callback;
import dev.adjoint.train.TrainState;
import java.util.ArrayList;
import java.util.List;

/// A run in a folder, from its first or its last step to its end.
///
/// @param experiment what is computed
/// @param folder where its files are
/// @param kernels what computes it
/// @param checkpointSteps steps between checkpoints, beside those after every epoch
public record TrainingRun(Experiment experiment, RunFolder folder, Kernels kernels, long checkpointSteps) {
    /// What came of it.
    ///
    /// @param last the figures of the last epoch
    /// @param seconds how long the steps of this process took, evaluation included
    /// @param stepsPerSecond how many of them there were in a second
    public record Result(History.Epoch last, double seconds, double stepsPerSecond) {}

    /// Trains from the first step, telling the callbacks after the files are written. An earlier run in the folder is deleted.
    ///
    /// @throws dev.adjoint.train.Diverged if the loss becomes NaN or infinite
    /// @throws dev.adjoint.io.FileFailure if a file cannot be written, or another process is at work in the folder
    public Result start(List<Callback<Sequential>> callbacks) {
        TrainState<Sequential> state = experiment.start();
        try (FolderLock _ = folder.lock()) {
            folder.prepare();
            folder.writeCheckpoint(state, experiment.setting(), History.empty());
            return run(state, History.empty(), callbacks);
        }
    }

    /// Trains from the last checkpoint on.
    ///
    /// @throws dev.adjoint.train.Diverged if the loss becomes NaN or infinite
    /// @throws dev.adjoint.tensor.AdjointException if the checkpoint cannot be read
    public Result resume(History history, List<Callback<Sequential>> callbacks) {
        try (FolderLock _ = folder.lock()) {
            return run(folder.state(experiment.start()), history, callbacks);
        }
    }

    private Result run(TrainState<Sequential> from, History history, List<Callback<Sequential>> callbacks) {
        ModelReport report = ModelReport.of(experiment);
        folder.write("run.json", new RunRecord(experiment, kernels).json());
        folder.write("summary.txt", report.text());
        folder.write("graph.svg", Pictures.graph(experiment));
        folder.write("rate.svg", Pictures.rates(experiment.schedule(), experiment.steps()));
        Recorder recorder = new Recorder(folder, experiment.setting(), checkpointSteps, history);
        List<Callback<Sequential>> told = new ArrayList<>(List.of(recorder));
        told.addAll(callbacks);
        long start = System.nanoTime();
        TrainState<Sequential> state = experiment
                .trainer(kernels)
                .callbacks(told)
                .run(from, experiment.setting().epochs());
        double seconds = (System.nanoTime() - start) * 1e-9;
        folder.writeModel(experiment.trained(state.model()), experiment.setting());
        folder.write("metrics.csv", recorder.history().csv());
        folder.write("loss.svg", Pictures.losses(recorder.history()));
        double speed = (state.steps() - from.steps()) / seconds;
        return new Result(recorder.history().last().orElseThrow(), seconds, speed);
    }
}
