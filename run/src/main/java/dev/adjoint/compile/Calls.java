package dev.adjoint.compile;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.movement.Reshape;
import dev.adjoint.op.source.Constant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The calls of a graph that do work, one value for each, and who reads whom. Reshapes do none: who reads a reshaped
/// value reads what it was before.
final class Calls {
    private final List<Value> all;
    private final Map<Value, List<Value>> readers = new HashMap<>();
    private final Set<Value> outputs = new HashSet<>();

    Calls(Graph graph) {
        Set<Object> seen = new HashSet<>();
        this.all = graph.values().stream()
                .filter(v -> isWork(v) && seen.add(v.call()))
                .map(v -> Value.of(v.call().out()))
                .toList();
        for (Value call : all) {
            for (Value operand : call.inputs()) {
                readers.computeIfAbsent(producer(operand), _ -> new ArrayList<>())
                        .add(call);
            }
        }
        graph.outputs().forEach(output -> outputs.add(producer(output)));
    }

    private static boolean isWork(Value value) {
        return !(value.isInput() || value.op() instanceof Constant || value.op() instanceof Reshape);
    }

    /// Operands before results.
    List<Value> all() {
        return all;
    }

    /// The place of each call in this order.
    Map<Value, Integer> numbers() {
        Map<Value, Integer> numbers = new HashMap<>();
        all.forEach(call -> numbers.put(call, numbers.size()));
        return numbers;
    }

    /// What the graph's outputs are, reshaped or not.
    Set<Value> outputs() {
        return outputs;
    }

    /// What a value is before it was reshaped.
    static Value producer(Value value) {
        Value at = value;
        while (at.op() instanceof Reshape) {
            at = at.input(0);
        }
        return at;
    }

    /// The calls that a call reads, each by its first result.
    static List<Value> operands(Value call) {
        return call.inputs().stream()
                .map(Calls::producer)
                .filter(Calls::isWork)
                .map(v -> Value.of(v.call().out()))
                .distinct()
                .toList();
    }

    /// Whether a single-result call is read by somebody who is not in the group, or through a reshape that is not in it, or
    /// from outside of the graph.
    boolean isReadOutside(Value call, Collection<Value> group) {
        return outputs.contains(call)
                || readers.getOrDefault(call, List.of()).stream()
                        .anyMatch(reader -> !group.contains(reader) || !reads(reader, call, group));
    }

    private static boolean reads(Value reader, Value call, Collection<Value> group) {
        return reader.inputs().stream()
                .anyMatch(operand -> operand.equals(call)
                        || (group.contains(operand) && producer(operand).equals(call)));
    }

    /// The call that alone reads another, reshaped or not; nothing where there are several, or none, or where it is a result.
    Optional<Value> onlyReader(Value call) {
        List<Value> reading = readers.getOrDefault(call, List.of());
        return reading.size() == 1 && !outputs.contains(call) ? Optional.of(reading.getFirst()) : Optional.empty();
    }

    /// A group with the reshapes between its calls, in order.
    static List<Value> withReshapes(List<Value> group) {
        List<Value> all = new ArrayList<>();
        for (Value call : group) {
            for (Value operand : call.inputs()) {
                if (operand.op() instanceof Reshape && group.contains(producer(operand))) {
                    all.add(operand);
                }
            }
            all.add(call);
        }
        return all;
    }
}
