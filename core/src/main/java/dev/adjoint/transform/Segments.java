package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Substitution;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.control.Recompute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A graph of which runs of calls have become one call each that reverse mode computes again.
final class Segments {
    private final Graph graph;

    /// The values that depend on an input; the others (constants) are made anew inside of every segment.
    private final Set<Value> varying = new HashSet<>();

    /// What stands in the place of the values that segments compute.
    private final Map<Value, Value> replaced = new HashMap<>();

    private Segments(Graph graph) {
        this.graph = graph;
        varying.addAll(graph.inputs());
        graph.calls().stream()
                .filter(v -> v.inputs().stream().anyMatch(varying::contains))
                .forEach(varying::add);
    }

    /// The graph with segments computed again.
    ///
    /// @param segments calls in order, from the first of the graph on without gaps
    static Graph recomputed(Graph graph, List<List<Call>> segments) {
        Segments all = new Segments(graph);
        segments.forEach(all::add);
        return new Graph(graph.inputs(), Substitution.apply(graph.outputs(), all.replaced));
    }

    private void add(List<Call> segment) {
        Set<Value> inside = new LinkedHashSet<>();
        segment.forEach(call -> call.results().forEach(result -> inside.add(Value.of(result))));
        inside.retainAll(varying);
        List<Value> taken = inside.stream()
                .flatMap(value -> value.inputs().stream())
                .filter(v -> varying.contains(v) && !inside.contains(v))
                .distinct()
                .toList();
        List<Value> given = given(inside);
        if (given.isEmpty() || taken.isEmpty()) {
            return;
        }
        Map<Value, Value> entering = new HashMap<>();
        taken.forEach(v -> entering.put(v, Value.input("x", v.type())));
        Graph body = new Graph(taken.stream().map(entering::get).toList(), Substitution.apply(given, entering));
        List<Value> operands =
                taken.stream().map(v -> replaced.getOrDefault(v, v)).toList();
        List<Value> results =
                Value.call(new Recompute(body), operands, given.getLast().origin());
        for (int i = 0; i < results.size(); i++) {
            replaced.put(given.get(i), results.get(i));
        }
    }

    /// What others read of the values inside.
    private List<Value> given(Set<Value> inside) {
        Set<Value> read = new HashSet<>(graph.outputs());
        graph.calls().stream().filter(v -> !inside.contains(v)).forEach(v -> read.addAll(v.inputs()));
        List<Value> given = new ArrayList<>(inside);
        given.retainAll(read);
        return given;
    }
}
