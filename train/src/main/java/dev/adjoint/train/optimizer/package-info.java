/// From gradients to changes of the weights, as pairs of pure functions that chain
/// ([dev.adjoint.train.optimizer.Optimizer]). An update formula that treats every tensor alike is a
/// [dev.adjoint.train.optimizer.PerTensor]: it states what it remembers of a tensor and how that and the tensor change.
/// Other optimisers wrap or route those. Rates come from a [dev.adjoint.train.optimizer.Schedule]; what has a name on
/// the command line stands in [dev.adjoint.train.optimizer.Optimizers] and [dev.adjoint.train.optimizer.Schedules].
@NullMarked
package dev.adjoint.train.optimizer;

import org.jspecify.annotations.NullMarked;
