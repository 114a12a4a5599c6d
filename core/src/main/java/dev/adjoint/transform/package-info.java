/// All the mathematics, as pure functions from graph to graph: reverse mode, forward mode, batching, expansion of
/// composites, simplification. In comes a graph; out goes a graph. [dev.adjoint.transform.Transformations] puts them on
/// ordinary Java functions.
@NullMarked
package dev.adjoint.transform;

import org.jspecify.annotations.NullMarked;
