/// Optimisers, schedules, training steps and the trainer. In come a model, a loss and batches, out goes a trained model
/// with its metrics.
@NullMarked
package dev.adjoint.train;

import org.jspecify.annotations.NullMarked;
