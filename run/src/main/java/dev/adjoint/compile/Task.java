package dev.adjoint.compile;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Calls that one kernel runs, and where they stand in the graph.
///
/// @param cluster the calls as a graph of their own
/// @param reads the values of the whole graph that are the cluster's inputs
/// @param writes the values of the whole graph that are its outputs
record Task(Cluster cluster, List<Value> reads, List<Value> writes) {
    Task {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
    }

    /// A single call with all its results.
    static Task of(Value call) {
        List<Value> results = call.call().results().stream().map(Value::of).toList();
        Cluster cluster =
                Cluster.of(call.op(), call.inputs().stream().map(Value::type).toList());
        return new Task(cluster, call.inputs(), results);
    }

    /// Calls in order, of which some results are needed elsewhere.
    static Task of(List<Value> calls, List<Value> writes) {
        Map<Value, Value> inside = new HashMap<>();
        Map<Value, Value> inputs = new LinkedHashMap<>();
        for (Value call : calls) {
            List<Value> operands = new ArrayList<>();
            for (Value operand : call.inputs()) {
                Value known = inside.get(operand);
                operands.add(known != null ? known : inputs.computeIfAbsent(operand, v -> Value.input("x", v.type())));
            }
            List<Value> results = Value.call(call.op(), operands, call.origin());
            for (int i = 0; i < results.size(); i++) {
                inside.put(Value.of(call.call().results().get(i)), results.get(i));
            }
        }
        Graph graph = new Graph(
                List.copyOf(inputs.values()), writes.stream().map(inside::get).toList());
        return new Task(new Cluster(graph), List.copyOf(inputs.keySet()), writes);
    }
}
