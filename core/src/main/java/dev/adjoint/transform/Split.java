package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Substitution;
import dev.adjoint.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A graph cut in two: what can be computed from its first inputs alone, and the rest.
///
/// @param first takes the first inputs; returns the first outputs, then what the rest reads (the residuals)
/// @param rest takes the residuals, then the other inputs; returns the other outputs
/// @param residuals the values that cross the cut
record Split(Graph first, Graph rest, List<Value> residuals) {
    /// Cuts a graph.
    ///
    /// @param inputs how many inputs are known first
    /// @param outputs how many outputs belong to the first part; they must not depend on the other inputs
    static Split of(Graph graph, int inputs, int outputs) {
        List<Value> known = graph.inputs().subList(0, inputs);
        List<Value> later = graph.outputs().subList(outputs, graph.outputs().size());
        List<Value> residuals = crossing(graph, known, later);
        List<Value> results = Vjp.concat(graph.outputs().subList(0, outputs), residuals);
        Map<Value, Value> entering = new HashMap<>();
        residuals.forEach(v -> entering.put(v, Value.input("r", v.type())));
        List<Value> restInputs = Vjp.concat(
                residuals.stream().map(entering::get).toList(),
                graph.inputs().subList(inputs, graph.inputs().size()));
        Graph rest = new Graph(restInputs, Substitution.apply(later, entering));
        return new Split(new Graph(known, results), rest, residuals);
    }

    /// The values that depend on known inputs alone and that something else reads.
    private static List<Value> crossing(Graph graph, List<Value> known, List<Value> later) {
        Set<Value> early = new HashSet<>(known);
        Set<Value> late = new HashSet<>(graph.inputs());
        late.removeAll(early);
        Set<Value> crossing = new LinkedHashSet<>();
        for (Value value : new Graph(graph.inputs(), later).values()) {
            if (value.inputs().stream().anyMatch(late::contains)) {
                late.add(value);
                value.inputs().stream().filter(early::contains).forEach(crossing::add);
            } else if (value.inputs().stream().anyMatch(early::contains)) {
                early.add(value);
            }
        }
        later.stream().filter(early::contains).forEach(crossing::add);
        return new ArrayList<>(crossing);
    }
}
