package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Reverse mode. Turns the graph of f into the graph of (x, ct) ↦ (f(x), ctᵀ·∂f(x)): one more input for every floating
/// output, one more output for every floating input.
public record Vjp() implements Transform {
    @Override
    public Graph apply(Graph graph) {
        Remembering remembering = Remembering.of(withRules(graph));
        Graph rules = remembering.graph();
        List<Value> outputs = Activity.differentiable(rules.outputs());
        List<Value> seeds =
                outputs.stream().map(v -> Value.input("ct", v.type())).toList();
        var cotangents = new Cotangents(remembering.withOutputs(outputs), seeds);
        List<Value> results = new ArrayList<>(rules.outputs());
        Activity.differentiable(rules.inputs()).forEach(x -> results.add(Value.of(cotangents.orZeros(x))));
        return new Graph(concat(rules.inputs(), seeds), results);
    }

    /// The graph as the reverse pass sees it: with those composites expanded that state no reverse rule.
    public static Graph withRules(Graph graph) {
        return new Expand(Vjp::lacksRule).apply(graph);
    }

    /// Whether a call must be expanded before the reverse pass, because the composite states no reverse rule.
    static boolean lacksRule(Call call) {
        return call.op() instanceof Composite composite
                && composite.withoutDerivative().isEmpty()
                && composite.vjp(call, floating(call.results())).isEmpty()
                && IntStream.range(0, call.operands().size())
                        .filter(i -> call.operand(i).dtype().isFloating())
                        .anyMatch(i -> composite.vjp(call, i, call.out()).isEmpty());
    }

    /// Floating results by their place: something in the place of their cotangents.
    private static SortedMap<Integer, Tensor> floating(List<Tensor> results) {
        SortedMap<Integer, Tensor> floating = new TreeMap<>();
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).dtype().isFloating()) {
                floating.put(i, results.get(i));
            }
        }
        return floating;
    }

    static List<Value> concat(List<Value> first, List<Value> second) {
        List<Value> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
