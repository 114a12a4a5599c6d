package dev.adjoint.compile;

import dev.adjoint.graph.Graph;
import java.util.List;

/// A graph cut into tasks, in an order in which they can run.
///
/// @param graph the whole
/// @param list every call that the outputs need is in one of them; views may be in several
record Tasks(Graph graph, List<Task> list) {
    Tasks {
        list = List.copyOf(list);
    }
}
