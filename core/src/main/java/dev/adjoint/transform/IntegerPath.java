package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.elementwise.Cast;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Finds out whether a result depends on the argument through integers alone. Its gradient would be 0 everywhere, which is
/// never what was asked for.
///
/// Only numbers that become floating again count: an index says where something is read, and a comparison which of two;
/// what is read has a derivative of its own, which may well be 0.
final class IntegerPath {
    private final Graph graph;
    private final Activity activity;

    /// For every value that depends on an integer made of a floating argument, the first such integer.
    private final Map<Value, Value> crossings = new HashMap<>();

    /// @param graph one floating number as output
    IntegerPath(Graph graph) {
        this.graph = graph;
        this.activity = new Activity(graph);
    }

    /// @throws InvalidArgument if no derivative can flow from the output to an input because of integers
    void refuse() {
        List<TensorType> types = graph.inputTypes();
        if (!types.isEmpty() && types.stream().noneMatch(type -> type.dtype().isFloating())) {
            throw new InvalidArgument("grad needs an argument with floating numbers, not " + types
                    + "; convert it first, for instance x.to(DType.F32)");
        }
        Value output = graph.outputs().getFirst();
        if (activity.isActive(output)) {
            return;
        }
        graph.values().forEach(this::follow);
        if (crossings.containsKey(output)) {
            throw new InvalidArgument("grad: the result depends on the argument only through integers, which have no"
                    + " derivative: "
                    + Objects.requireNonNull(crossings.get(output)).describe()
                    + "; if a gradient of 0 is meant, say so with stopGradient()");
        }
    }

    private void follow(Value value) {
        for (Value input : value.inputs()) {
            boolean becomesInteger =
                    activity.isActive(input) && value.type().dtype().isInteger();
            boolean staysNumber = crossings.containsKey(input)
                    && (value.op() instanceof Cast
                            || input.type().dtype() == value.type().dtype());
            if (becomesInteger) {
                crossings.putIfAbsent(value, value);
            } else if (staysNumber) {
                crossings.putIfAbsent(value, Objects.requireNonNull(crossings.get(input)));
            }
        }
    }
}
