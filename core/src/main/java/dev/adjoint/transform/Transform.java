package dev.adjoint.transform;

import dev.adjoint.graph.Graph;

/// A pure function from graph to graph.
@FunctionalInterface
public interface Transform {
    Graph apply(Graph graph);

    /// This transformation followed by another.
    default Transform then(Transform next) {
        return graph -> next.apply(apply(graph));
    }
}
