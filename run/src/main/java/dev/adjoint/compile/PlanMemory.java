package dev.adjoint.compile;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.movement.Reshape;
import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.InvalidArgument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gives every value a slot and finds out when each slot is no longer needed. A reshaped value shares its operand's slot.
public record PlanMemory() {
    /// The plan of a graph whose calls become one step each.
    ///
    /// @throws InvalidArgument if the graph needs an argument that is not among its inputs
    public Plan apply(Graph graph) {
        return new Planning(graph).plan();
    }

    private static final class Planning {
        private final Graph graph;
        private final Map<Value, Integer> slots = new HashMap<>();
        private final Map<Integer, Constant> constants = new HashMap<>();
        private final List<Value> calls = new ArrayList<>();
        private final Map<Integer, Value> lastReader = new HashMap<>();
        private int next;

        Planning(Graph graph) {
            this.graph = graph;
            graph.inputs().forEach(input -> slots.put(input, next++));
            graph.values().forEach(this::place);
            calls.forEach(call -> call.inputs().forEach(v -> lastReader.put(slots.get(v), call)));
        }

        private void place(Value value) {
            if (slots.containsKey(value)) {
                return;
            }
            switch (value.op()) {
                case Constant constant -> {
                    constants.put(next, constant);
                    slots.put(value, next++);
                }
                case Reshape _ -> slots.put(value, slots.get(value.input(0)));
                default -> placeCall(value);
            }
        }

        private void placeCall(Value value) {
            if (value.isInput()) {
                throw new InvalidArgument("the graph depends on " + value
                        + ", an argument of a surrounding function; only whole functions can be compiled");
            }
            value.call().results().forEach(result -> slots.put(Value.of(result), next++));
            calls.add(value);
        }

        Plan plan() {
            List<Integer> results = graph.outputs().stream().map(slots::get).toList();
            Set<Integer> permanent = new LinkedHashSet<>(results);
            permanent.addAll(constants.keySet());
            List<Step> steps = calls.stream().map(call -> step(call, permanent)).toList();
            return new Plan(graph.inputTypes(), constants, steps, results, graph.outputTypes(), next);
        }

        private Step step(Value call, Set<Integer> permanent) {
            List<Integer> reads = call.inputs().stream().map(slots::get).toList();
            List<Integer> writes = call.call().results().stream()
                    .map(r -> slots.get(Value.of(r)))
                    .toList();
            Set<Integer> frees = new LinkedHashSet<>();
            reads.stream().filter(slot -> lastReader.get(slot) == call).forEach(frees::add);
            writes.stream().filter(slot -> !lastReader.containsKey(slot)).forEach(frees::add);
            frees.removeAll(permanent);
            Cluster cluster = Cluster.of(
                    call.op(), call.inputs().stream().map(Value::type).toList());
            return new Step(cluster, reads, writes, List.copyOf(frees));
        }
    }
}
