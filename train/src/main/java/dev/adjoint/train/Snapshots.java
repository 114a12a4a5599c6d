package dev.adjoint.train;

import dev.adjoint.tensor.InvalidArgument;
import java.util.ArrayList;
import java.util.List;

/// Keeps the weights every so many steps: at the end of every cosine of a schedule with restarts, where a model has settled
/// in a valley of its own. See [Ensemble].
///
/// Source: Huang et al., "Snapshot ensembles: train 1, get M for free", ICLR 2017.
///
/// @param <M> the model
public final class Snapshots<M> implements Callback<M> {
    private final long period;
    private final List<M> models = new ArrayList<>();

    /// @param period the steps of a cycle, at least 1
    public Snapshots(long period) {
        if (period < 1) {
            throw new InvalidArgument("snapshots are taken every so many steps, at least 1, not " + period);
        }
        this.period = period;
    }

    @Override
    public void step(StepReport<M> report) {
        if (report.state().steps() % period == 0) {
            models.add(report.state().copy().model());
        }
    }

    /// The kept weights, oldest first.
    public List<M> models() {
        return List.copyOf(models);
    }
}
