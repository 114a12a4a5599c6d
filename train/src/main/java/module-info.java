/// Optimisers, schedules, training steps and the trainer. In come a model, a loss and batches, out goes a trained model
/// with its metrics.
module dev.adjoint.train {
    requires static org.jspecify;
    requires transitive dev.adjoint.nn;
    requires transitive dev.adjoint.run;
}
