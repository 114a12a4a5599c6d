/// From a model and batches to a trained model. [dev.adjoint.train.TrainStep] is the whole of training in one pure function
/// that can be read line by line; an [dev.adjoint.train.optimizer.Optimizer] turns gradients into changes;
/// [dev.adjoint.train.Trainer] runs steps over epochs and reports to [dev.adjoint.train.Callback]s.
@NullMarked
package dev.adjoint.train;

import org.jspecify.annotations.NullMarked;
