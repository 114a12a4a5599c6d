package dev.adjoint.train;

import java.util.Map;

/// Is told how training goes.
///
/// @param <M> the model
public interface Callback<M> {
    /// A step is done.
    default void step(StepReport<M> report) {}

    /// An epoch is done and evaluated.
    default void epoch(EpochReport<M> report) {}

    /// After a step.
    ///
    /// @param state the state after the step, whose memory the next step takes: who keeps it keeps a [TrainState#copy()]
    /// @param epoch the number of the epoch, from 1
    /// @param batch the number of the batch in it, from 1
    /// @param batches how many batches the epoch has
    /// @param loss the objective before the step
    record StepReport<M>(TrainState<M> state, long epoch, long batch, long batches, double loss) {}

    /// After an epoch.
    ///
    /// @param state the state after the epoch
    /// @param epoch the number of the epoch, from 1
    /// @param epochs how many there are to be
    /// @param loss the mean of the objective over the steps of the epoch
    /// @param metrics the validation metrics by name
    /// @param seconds how long the epoch took, evaluation included
    record EpochReport<M>(
            TrainState<M> state, long epoch, long epochs, double loss, Map<String, Double> metrics, double seconds) {
        /// The report with another state.
        EpochReport<M> with(TrainState<M> changed) {
            return new EpochReport<>(changed, epoch, epochs, loss, metrics, seconds);
        }
    }
}
