/// Figures of merit over all examples, gathered batch by batch and exact: a [dev.adjoint.train.metric.Tally] of one batch
/// is made from numbers in memory, tallies are added, and the sum of them all says the figures. Adding is associative, so
/// it does not matter how the examples were cut into batches.
@NullMarked
package dev.adjoint.train.metric;

import org.jspecify.annotations.NullMarked;
