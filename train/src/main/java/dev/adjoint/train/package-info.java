/// From a model and batches to a trained model. [dev.adjoint.train.TrainStep] is the whole of training in one pure function
/// that can be read line by line; an [dev.adjoint.train.optimizer.Optimizer] turns gradients into changes;
/// [dev.adjoint.train.Trainer] runs steps over epochs, reports to [dev.adjoint.train.Callback]s and asks
/// [dev.adjoint.train.Watch]es whether and how to go on.
@NullMarked
package dev.adjoint.train;

import org.jspecify.annotations.NullMarked;
