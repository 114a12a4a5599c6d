package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Origin;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Control;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Primitive;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Forward mode. Turns the graph of f into the graph of (x, t) ↦ (f(x), ∂f(x)·t): one more input for every floating input,
/// one more output for every floating output.
public record Jvp() implements Transform {
    @Override
    public Graph apply(Graph graph) {
        Graph expanded = new Expand(call -> call.op().withoutDerivative().isEmpty()).apply(graph);
        return new Forward(expanded).result();
    }

    private static final class Forward {
        private final Graph graph;
        private final Activity activity;
        private final List<Value> directions;
        private final Map<Value, Tensor> tangents = new HashMap<>();

        /// What computes a value: itself, or a result of the operator that computes value and tangent together.
        private final Map<Value, Value> primals = new HashMap<>();

        Forward(Graph graph) {
            this.graph = graph;
            this.activity = new Activity(graph);
            List<Value> moving = Activity.differentiable(graph.inputs());
            directions = moving.stream().map(v -> Value.input("t", v.type())).toList();
            for (int i = 0; i < moving.size(); i++) {
                tangents.put(moving.get(i), directions.get(i));
            }
            for (Value value : graph.values()) {
                if (!primals.containsKey(value)) {
                    visit(value);
                }
            }
        }

        Graph result() {
            List<Value> results =
                    new ArrayList<>(graph.outputs().stream().map(primals::get).toList());
            for (Value output : Activity.differentiable(graph.outputs())) {
                Tensor tangent = tangents.get(output);
                results.add(Value.of(tangent == null ? output.zerosLike() : tangent));
            }
            return new Graph(Vjp.concat(graph.inputs(), directions), results);
        }

        private void visit(Value value) {
            if (value.isInput()) {
                primals.put(value, value);
                return;
            }
            Call old = value.call();
            List<Value> operands = value.inputs().stream().map(primals::get).toList();
            List<Value> kept = Rewrite.keep(old, operands);
            boolean active = old.results().stream().anyMatch(r -> activity.isActive(Value.of(r)));
            if (active && old.op() instanceof Control control) {
                Call call = kept.getFirst().call();
                var moving = new Tangents(call, moving(old));
                joint(old, value.origin().during(() -> ControlRules.forward(control, call, moving)));
                return;
            }
            put(primals, old, kept);
            if (active) {
                Call call = kept.getFirst().call();
                var moving = new Tangents(call, moving(old));
                put(tangents, old, Origin.tangent(value).during(() -> jvp(call, moving)));
                old.results().stream()
                        .map(Value::of)
                        .filter(r -> !activity.isActive(r))
                        .forEach(tangents::remove);
            }
        }

        private Map<Integer, Tensor> moving(Call call) {
            Map<Integer, Tensor> moving = new HashMap<>();
            for (int i = 0; i < call.operands().size(); i++) {
                Tensor tangent = tangents.get(Value.of(call.operand(i)));
                if (tangent != null) {
                    moving.put(i, tangent);
                }
            }
            return moving;
        }

        /// Results first, then the tangents of the floating ones.
        private void joint(Call old, List<Tensor> both) {
            int results = old.results().size();
            put(primals, old, both.subList(0, results).stream().map(Value::of).toList());
            int next = results;
            for (Tensor result : old.results()) {
                if (result.dtype().isFloating()) {
                    tangents.put(Value.of(result), both.get(next++));
                }
            }
        }

        private static <T> void put(Map<Value, T> map, Call old, List<? extends T> results) {
            for (int i = 0; i < results.size(); i++) {
                map.put(Value.of(old.results().get(i)), results.get(i));
            }
        }
    }

    private static List<Tensor> jvp(Call call, Tangents tangents) {
        return switch (call.op()) {
            case Primitive primitive -> primitive.jvp(call, tangents);
            case Factorization factorization -> factorization.jvp(call, tangents);
            case Composite composite -> throw new IllegalStateException(composite.name() + " was expanded");
            case Control control -> throw new IllegalStateException(control.name() + " carries its tangents along");
        };
    }
}
