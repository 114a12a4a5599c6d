package dev.adjoint.train;

/// Watches a training from epoch to epoch, as a pair of pure functions like an optimiser: a first state, and what the
/// figures of an epoch make of it. The state is part of the [TrainState], so a resumed training decides as the unbroken one.
public interface Watch {
    /// The state before the first epoch: a tree of tensors.
    <M> Record init(M model);

    /// What an epoch changes.
    ///
    /// @param report the epoch
    /// @param state the state that [#init] or the last epoch returned
    <M> Seen see(Callback.EpochReport<M> report, Record state);

    /// Whether the training ends here.
    default boolean stops(Record state) {
        return false;
    }

    /// The weights that the training ends with, whatever ends it.
    ///
    /// @param last the weights after the last epoch
    default <M> M result(M last, Record state) {
        return last;
    }

    /// What an epoch has changed.
    ///
    /// @param state the next state of the watch
    /// @param optimizer the next state of the optimiser
    record Seen(Record state, Record optimizer) {}
}
