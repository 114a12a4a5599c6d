package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.control.Scan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A graph whose scans also stack what their reverse pass reads, and for each of them one step backwards.
///
/// @param graph the graph
/// @param steps the step backwards of every scan in it that derivatives flow through
record Remembering(Graph graph, Map<Call, Backwards> steps) {
    /// How to go back through a scan.
    ///
    /// @param original the scan as it was, with the operands it has now
    /// @param step one step backwards
    record Backwards(Call original, Graph step) {}

    /// The same preparation for other outputs.
    Remembering withOutputs(List<Value> outputs) {
        return new Remembering(new Graph(graph.inputs(), outputs), steps);
    }

    /// Prepares a graph for the reverse pass.
    static Remembering of(Graph graph) {
        if (graph.calls().stream().noneMatch(v -> v.op() instanceof Scan)) {
            return new Remembering(graph, Map.of());
        }
        Activity activity = new Activity(graph);
        Map<Call, Backwards> steps = new HashMap<>();
        Graph prepared = Rewrite.apply(graph, (call, operands) -> {
            boolean active = call.results().stream().anyMatch(r -> activity.isActive(Value.of(r)));
            if (!(call.op() instanceof Scan && active)) {
                return Rewrite.keep(call, operands);
            }
            Call original = Value.call(call.op(), operands).getFirst().call();
            ScanRules.Reverse reverse = new ScanRules(original).reverse();
            List<Value> results = Value.call(
                    reverse.remembering(), operands, Value.of(call.out()).origin());
            steps.put(results.getFirst().call(), new Backwards(original, reverse.step()));
            return results.subList(0, call.results().size());
        });
        return new Remembering(prepared, steps);
    }
}
