package dev.adjoint.cli.training;

import dev.adjoint.io.EventFile;
import dev.adjoint.nn.Layer;
import dev.adjoint.train.Callback;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the figures of a run for TensorBoard: the loss of every step, and the figures of every epoch.
public final class EventLog implements Callback<Layer>, AutoCloseable {
    private final RunFolder folder;

    /// Opened by the first step: a run that is refused leaves nothing behind.
    private @Nullable EventFile events;

    public EventLog(RunFolder folder) {
        this.folder = folder;
    }

    private EventFile events() {
        if (events == null) {
            events = EventFile.in(folder.events());
        }
        return events;
    }

    @Override
    public void step(StepReport<Layer> report) {
        events().scalars(report.state().steps(), Map.of("loss", report.loss()));
    }

    @Override
    public void epoch(EpochReport<Layer> report) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("epoch/train loss", report.loss());
        report.metrics().forEach((name, figure) -> figures.put("epoch/test " + name, figure));
        events().scalars(report.state().steps(), figures);
    }

    @Override
    public void close() {
        if (events != null) {
            events.close();
        }
    }
}
