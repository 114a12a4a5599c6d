package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The values that derivatives flow through: floating, and dependent on a floating input by operators that have a
/// derivative. Nothing is computed for the others.
final class Activity {
    private final Set<Value> active = new HashSet<>();

    Activity(Graph graph) {
        graph.inputs().stream().filter(v -> v.type().dtype().isFloating()).forEach(active::add);
        for (Value value : graph.values()) {
            if (value.type().dtype().isFloating()
                    && passes(value.op())
                    && value.inputs().stream().anyMatch(active::contains)) {
                active.add(value);
            }
        }
    }

    private static boolean passes(Op op) {
        return op.withoutDerivative().isEmpty();
    }

    boolean isActive(Value value) {
        return active.contains(value);
    }

    /// The inputs of a graph that derivatives are taken by, in order.
    static List<Value> differentiable(List<Value> values) {
        return values.stream().filter(v -> v.type().dtype().isFloating()).toList();
    }
}
