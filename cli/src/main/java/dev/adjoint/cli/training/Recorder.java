package dev.adjoint.cli.training;

import dev.adjoint.nn.Layer;
import dev.adjoint.train.Callback;
import java.util.Objects;

/// Keeps the history of a run, and writes its metrics after every epoch.
public final class Recorder implements Callback<Layer> {
    private final RunFolder folder;
    private History history;

    public Recorder(RunFolder folder, History history) {
        this.folder = folder;
        this.history = history;
    }

    /// What has been recorded.
    public History history() {
        return history;
    }

    @Override
    public void step(StepReport<Layer> report) {
        history = history.step(report.loss());
    }

    @Override
    public void epoch(EpochReport<Layer> report) {
        history = history.epoch(new History.Epoch(
                report.epoch(),
                report.state().steps(),
                history.meanLoss(),
                Objects.requireNonNull(report.metrics().get("loss")),
                Objects.requireNonNull(report.metrics().get("accuracy")),
                report.seconds()));
        folder.write("metrics.csv", history.csv());
    }
}
