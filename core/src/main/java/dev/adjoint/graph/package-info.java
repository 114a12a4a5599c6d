/// Recorded computations. In comes a Java function and the types of its argument ([dev.adjoint.graph.Trace]); out goes an
/// immutable [dev.adjoint.graph.Graph] of [dev.adjoint.graph.Value]s, which prints as text, parses back, and can be run on
/// other tensors operator by operator.
@NullMarked
package dev.adjoint.graph;

import org.jspecify.annotations.NullMarked;
