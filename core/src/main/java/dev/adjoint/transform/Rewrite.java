package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rebuilds a graph from its inputs to its outputs, asking a rule what stands in the place of every call.
///
/// Calls whose operands did not change and that the rule leaves alone stay the same values. So do values of a surrounding
/// trace that the graph has captured: recording them again in every inner function would double the outer graph each time.
final class Rewrite {
    /// What stands in the place of a call: one value for each of its results.
    @FunctionalInterface
    interface Rule {
        List<Value> apply(Call call, List<Value> operands);
    }

    private final Map<Value, Value> replaced = new HashMap<>();
    private final Rule rule;

    /// Values that depend on an input of the graph.
    private final Set<Value> varying;

    /// Values that depend on inputs of a surrounding trace alone.
    private final Set<Value> captured = new HashSet<>();

    private Rewrite(Graph graph, Rule rule) {
        this.varying = new HashSet<>(graph.inputs());
        this.rule = rule;
    }

    static Graph apply(Graph graph, Rule rule) {
        Rewrite rewrite = new Rewrite(graph, rule);
        graph.values().forEach(rewrite::visit);
        return new Graph(
                graph.inputs(),
                graph.outputs().stream().map(rewrite.replaced::get).toList());
    }

    private void visit(Value value) {
        if (isCaptured(value)) {
            captured.add(value);
            replaced.put(value, value);
        } else if (value.isInput()) {
            replaced.put(value, value);
        } else if (!replaced.containsKey(value)) {
            List<Value> operands = value.inputs().stream().map(replaced::get).toList();
            List<Value> results = value.origin().during(() -> rule.apply(value.call(), operands));
            for (int i = 0; i < results.size(); i++) {
                replaced.put((Value) value.call().results().get(i), results.get(i));
            }
        }
    }

    private boolean isCaptured(Value value) {
        boolean varies = varying.contains(value) || value.inputs().stream().anyMatch(varying::contains);
        if (varies) {
            varying.add(value);
        }
        return !varies && (value.isInput() || value.inputs().stream().anyMatch(captured::contains));
    }

    /// The call on other operands: the same values if the operands are the same.
    static List<Value> keep(Call call, List<Value> operands) {
        if (operands.equals(call.operands())) {
            return call.results().stream().map(Value::of).toList();
        }
        return Value.call(call.op(), operands, Value.of(call.out()).origin());
    }
}
