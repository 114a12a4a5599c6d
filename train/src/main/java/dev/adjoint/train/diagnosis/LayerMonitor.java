package dev.adjoint.train.diagnosis;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.train.Callback;
import java.util.function.Consumer;

/// Tells the [GradientFlow] and the [UnitActivity] of every n-th step while a network is trained, always on the first batch of
/// the subject.
///
/// @param <M> the model
public final class LayerMonitor<M> implements Callback<M> {
    private final Signals<M, ?> signals;
    private final long every;
    private final Consumer<? super CheckResult> told;

    /// @param subject the training
    /// @param every every how many steps, at least 1
    /// @param told who is told
    public LayerMonitor(Subject<M, ?> subject, long every, Consumer<? super CheckResult> told) {
        if (every < 1) {
            throw new InvalidArgument("a monitor looks every 1 or more steps, not " + every);
        }
        this.signals = Signals.of(subject);
        this.every = every;
        this.told = told;
    }

    @Override
    public void step(StepReport<M> report) {
        if (report.state().steps() % every == 0) {
            Signals.Observed observed = signals.observe(report.state().model());
            told.accept(GradientFlow.of(observed));
            told.accept(UnitActivity.of(observed));
        }
    }
}
