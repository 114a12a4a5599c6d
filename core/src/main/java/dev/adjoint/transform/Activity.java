package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.InvalidArgument;
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
            refuseParameters(value);
            if (passes(value.op()) && value.inputs().stream().anyMatch(active::contains)) {
                differentiable(value.call().results().stream().map(Value::of).toList())
                        .forEach(active::add);
            }
        }
    }

    /// Random numbers do depend on their parameters; zero would be a wrong answer.
    private void refuseParameters(Value value) {
        boolean claimed =
                value.type().dtype().isFloating() && value.inputs().stream().anyMatch(active::contains);
        if (value.op() instanceof Source source && claimed) {
            throw new InvalidArgument(source.name() + " has no derivative by its parameters, because "
                    + source.withoutDerivative() + "; stop the gradient with parameter.stopGradient()");
        }
    }

    private static boolean passes(Op op) {
        return op.withoutDerivative().isEmpty();
    }

    boolean isActive(Value value) {
        return active.contains(value);
    }

    /// The floating ones among some values, in order.
    static List<Value> differentiable(List<Value> values) {
        return values.stream().filter(v -> v.type().dtype().isFloating()).toList();
    }
}
