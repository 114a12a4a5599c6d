package dev.adjoint.compile;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.elementwise.StopGradient;
import dev.adjoint.transform.Transform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Removes the marks that stopped differentiation: once a graph is compiled, nothing is differentiated any more.
public record WithoutStops() implements Transform {
    @Override
    public Graph apply(Graph graph) {
        Map<Value, Value> replaced = new HashMap<>();
        for (Value value : graph.values()) {
            if (!replaced.containsKey(value)) {
                visit(value, replaced);
            }
        }
        return new Graph(
                graph.inputs(), graph.outputs().stream().map(replaced::get).toList());
    }

    private static void visit(Value value, Map<Value, Value> replaced) {
        List<Value> operands = value.inputs().stream().map(replaced::get).toList();
        if (value.op() instanceof StopGradient) {
            replaced.put(value, operands.getFirst());
        } else if (operands.equals(value.inputs())) {
            replaced.put(value, value);
        } else {
            List<Value> results = Value.call(value.op(), operands, value.origin());
            for (int i = 0; i < results.size(); i++) {
                replaced.put(Value.of(value.call().results().get(i)), results.get(i));
            }
        }
    }
}
