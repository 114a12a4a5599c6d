package dev.adjoint.cli.training;

import dev.adjoint.nn.Sequential;
import dev.adjoint.train.Callback;
import java.util.Objects;

/// Keeps the history of a run and writes its files while it goes: a checkpoint every so many steps and after every epoch,
/// the metrics after every epoch.
public final class Recorder implements Callback<Sequential> {
    private final RunFolder folder;
    private final Setting setting;
    private final long checkpointSteps;
    private History history;

    /// @param checkpointSteps steps between checkpoints, beside those after every epoch
    public Recorder(RunFolder folder, Setting setting, long checkpointSteps, History history) {
        this.folder = folder;
        this.setting = setting;
        this.checkpointSteps = checkpointSteps;
        this.history = history;
    }

    /// What has been recorded.
    public History history() {
        return history;
    }

    @Override
    public void step(StepReport<Sequential> report) {
        history = history.step(report.loss());
        // The last step of an epoch is followed by the epoch's own checkpoint, whose history has the epoch's figures.
        if (report.state().steps() % checkpointSteps == 0 && report.batch() < report.batches()) {
            folder.writeCheckpoint(report.state(), setting, history);
        }
    }

    @Override
    public void epoch(EpochReport<Sequential> report) {
        history = history.epoch(new History.Epoch(
                report.epoch(),
                report.state().steps(),
                history.meanLoss(),
                Objects.requireNonNull(report.metrics().get("loss")),
                Objects.requireNonNull(report.metrics().get("accuracy")),
                report.seconds()));
        folder.writeCheckpoint(report.state(), setting, history);
        folder.write("metrics.csv", history.csv());
    }
}
