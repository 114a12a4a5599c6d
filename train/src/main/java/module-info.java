/// Optimisers, schedules, metrics, training steps, the trainer and what is tried around it.
///
/// In come a model, an objective and batches; out goes a trained model with the record of its training. Every step is a pure
/// function from state and batch to state, compiled as a whole.
module dev.adjoint.train {
    requires transitive dev.adjoint.nn;
    requires static org.jspecify;

    exports dev.adjoint.train;
    exports dev.adjoint.train.diagnosis;
    exports dev.adjoint.train.metric;
    exports dev.adjoint.train.optimizer;
    exports dev.adjoint.train.search;
}
