package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Primitive;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Forward mode. Turns the graph of f into the graph of (x, t) ↦ (f(x), ∂f(x)·t): one more input for every floating input,
/// one more output for every floating output.
public record Jvp() implements Transform {
    @Override
    public Graph apply(Graph graph) {
        Graph expanded = new Expand(call -> call.op().withoutDerivative().isEmpty()).apply(graph);
        List<Value> directions = Activity.differentiable(expanded.inputs()).stream()
                .map(v -> Value.input("t", v.type()))
                .toList();
        Map<Value, Tensor> tangents = forward(expanded, directions);
        List<Value> results = new ArrayList<>(expanded.outputs());
        for (Value output : Activity.differentiable(expanded.outputs())) {
            Tensor tangent = tangents.get(output);
            results.add(Value.of(tangent == null ? output.zerosLike() : tangent));
        }
        return new Graph(Vjp.concat(expanded.inputs(), directions), results);
    }

    private static Map<Value, Tensor> forward(Graph graph, List<Value> directions) {
        Activity activity = new Activity(graph);
        Map<Value, Tensor> tangents = new HashMap<>();
        List<Value> moving = Activity.differentiable(graph.inputs());
        for (int i = 0; i < moving.size(); i++) {
            tangents.put(moving.get(i), directions.get(i));
        }
        Set<Call> done = new HashSet<>();
        for (Value value : graph.values()) {
            if (!value.isInput() && activity.isActive(value) && done.add(value.call())) {
                forward(value.call(), tangents, activity);
            }
        }
        return tangents;
    }

    private static void forward(Call call, Map<Value, Tensor> tangents, Activity activity) {
        Map<Integer, Tensor> moving = new HashMap<>();
        for (int i = 0; i < call.operands().size(); i++) {
            Tensor tangent = tangents.get(Value.of(call.operand(i)));
            if (tangent != null) {
                moving.put(i, tangent);
            }
        }
        List<Tensor> results = jvp(call, new Tangents(call, moving));
        for (int i = 0; i < results.size(); i++) {
            Value result = Value.of(call.results().get(i));
            if (activity.isActive(result)) {
                tangents.put(result, results.get(i));
            }
        }
    }

    private static List<Tensor> jvp(Call call, Tangents tangents) {
        return switch (call.op()) {
            case Primitive primitive -> primitive.jvp(call, tangents);
            case Composite composite -> throw new IllegalStateException(composite.name() + " was expanded");
        };
    }
}
