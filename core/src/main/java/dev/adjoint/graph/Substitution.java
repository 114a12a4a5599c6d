package dev.adjoint.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Values computed from others: what depends on a replaced value is recorded anew, the rest stays.
public final class Substitution {
    private Substitution() {}

    /// The outputs with some of the values they depend on replaced.
    public static List<Value> apply(List<Value> outputs, Map<Value, Value> replacements) {
        Map<Value, Value> known = new HashMap<>(replacements);
        for (Value value : new Reach(List.copyOf(replacements.keySet()), outputs).values()) {
            if (!known.containsKey(value)) {
                visit(value, known);
            }
        }
        return outputs.stream().map(known::get).toList();
    }

    private static void visit(Value value, Map<Value, Value> known) {
        List<Value> operands =
                value.inputs().stream().map(v -> known.getOrDefault(v, v)).toList();
        if (operands.equals(value.inputs())) {
            known.put(value, value);
            return;
        }
        List<Value> results = Value.call(value.op(), operands, value.origin());
        for (int i = 0; i < results.size(); i++) {
            known.putIfAbsent(Value.of(value.call().results().get(i)), results.get(i));
        }
    }
}
