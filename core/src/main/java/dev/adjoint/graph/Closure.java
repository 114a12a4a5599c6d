package dev.adjoint.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A graph that has become independent of a surrounding trace: what it had captured comes in through more inputs.
///
/// What depends on captured values alone is computed outside, once.
///
/// @param graph the graph, with the new inputs last
/// @param captured the values of the surrounding trace that belong there
public record Closure(Graph graph, List<Value> captured) {
    public Closure {
        captured = List.copyOf(captured);
    }

    /// Closes a graph.
    public static Closure of(Graph open) {
        Set<Value> outside = outside(open);
        List<Value> frontier = new ArrayList<>();
        for (Value value : open.values()) {
            if (outside.contains(value) && isRead(value, open, outside)) {
                frontier.add(value);
            }
        }
        return new Closure(exchange(open, frontier), frontier);
    }

    /// The values that depend on an input of a surrounding trace and on none of the graph's own.
    private static Set<Value> outside(Graph open) {
        Set<Value> own = new HashSet<>(open.inputs());
        Set<Value> varying = new HashSet<>(own);
        Set<Value> outside = new HashSet<>();
        for (Value value : open.values()) {
            if (value.inputs().stream().anyMatch(varying::contains)) {
                varying.add(value);
            } else if (!own.contains(value)
                    && (value.isInput() || value.inputs().stream().anyMatch(outside::contains))) {
                outside.add(value);
            }
        }
        return outside;
    }

    private static boolean isRead(Value value, Graph open, Set<Value> outside) {
        return open.outputs().contains(value)
                || open.values().stream()
                        .anyMatch(v -> !outside.contains(v) && v.inputs().contains(value));
    }

    private static Graph exchange(Graph open, List<Value> frontier) {
        Map<Value, Value> inputs = new HashMap<>();
        List<Value> all = new ArrayList<>(open.inputs());
        for (Value value : frontier) {
            Value input = Value.input("k", value.type());
            inputs.put(value, input);
            all.add(input);
        }
        return new Graph(all, Substitution.apply(open.outputs(), inputs));
    }

    /// This graph with unread inputs behind its own, for a partner that captured more.
    public Graph takingAfter(List<Value> others) {
        List<Value> inputs = new ArrayList<>(graph.inputs());
        others.forEach(value -> inputs.add(Value.input("k", value.type())));
        return new Graph(inputs, graph.outputs());
    }

    /// This graph with unread inputs between its arguments and what it has captured.
    public Graph takingBefore(List<Value> others, int arguments) {
        List<Value> inputs = new ArrayList<>(graph.inputs().subList(0, arguments));
        others.forEach(value -> inputs.add(Value.input("k", value.type())));
        inputs.addAll(graph.inputs().subList(arguments, graph.inputs().size()));
        return new Graph(inputs, graph.outputs());
    }
}
