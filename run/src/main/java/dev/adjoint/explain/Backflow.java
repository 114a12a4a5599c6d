package dev.adjoint.explain;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.Cotangents;
import dev.adjoint.transform.Vjp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The reverse pass with numbers: every value, its cotangent, and what every use of it handed back.
final class Backflow {
    /// One use of a value.
    ///
    /// @param call what used it
    /// @param operand as which operand
    /// @param cotangent what this use handed back
    record Use(Call call, int operand, Tensor cotangent) {
        Value value() {
            return Value.of(call.operand(operand));
        }
    }

    private final Graph graph;
    private final Map<Value, Tensor> numbers = new HashMap<>();
    private final Map<Value, Tensor> cotangents = new HashMap<>();
    private final List<Use> uses = new ArrayList<>();
    private final Map<Value, List<Use>> usesOf = new HashMap<>();

    /// @param forward a graph with one floating number as output
    Backflow(Graph forward, List<Tensor> arguments) {
        graph = Vjp.withRules(forward);
        Value output = graph.outputs().getFirst();
        var pass = new Cotangents(graph, List.of(output.onesLike()));
        List<Value> values = graph.values();
        List<Value> reached =
                values.stream().filter(v -> pass.of(v).isPresent()).toList();
        List<Tensor> wanted = Stream.of(
                        values.stream(),
                        reached.stream().map(pass::orZeros),
                        pass.edges().stream().map(Cotangents.Edge::cotangent))
                .flatMap(all -> all)
                .map(Tensor.class::cast)
                .toList();
        List<Tensor> results =
                new Graph(graph.inputs(), wanted.stream().map(Value::of).toList()).apply(arguments);
        put(numbers, values, results);
        put(cotangents, reached, results.subList(values.size(), results.size()));
        for (int i = 0; i < pass.edges().size(); i++) {
            Cotangents.Edge edge = pass.edges().get(i);
            Tensor handed = results.get(values.size() + reached.size() + i);
            Use use = new Use(edge.call(), edge.operand(), Array.of(handed));
            uses.add(use);
            usesOf.computeIfAbsent(use.value(), _ -> new ArrayList<>()).add(use);
        }
    }

    private static void put(Map<Value, Tensor> map, List<Value> keys, List<Tensor> results) {
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), Array.of(results.get(i)));
        }
    }

    Graph graph() {
        return graph;
    }

    Tensor number(Value value) {
        return Objects.requireNonNull(numbers.get(value));
    }

    /// The cotangent of a value; zeros if nothing handed one back.
    Tensor cotangent(Value value) {
        Tensor known = cotangents.get(value);
        return known == null ? Array.zeros(value.type()) : known;
    }

    /// The uses that handed something back, even zeros, from the output on.
    List<Use> uses() {
        return uses;
    }

    /// The uses of one value.
    List<Use> uses(Value value) {
        return usesOf.getOrDefault(value, List.of());
    }

    /// The result of a call that got most back.
    Value strongest(Call call) {
        Value best = Value.of(call.out());
        for (Tensor result : call.results()) {
            best = norm(cotangent(Value.of(result))) > norm(cotangent(best)) ? Value.of(result) : best;
        }
        return best;
    }

    /// √Σxᵢ²
    static double norm(Tensor x) {
        double norm = 0;
        for (int i = 0; i < x.elements().count(); i++) {
            norm = Math.hypot(norm, x.elements().get(i));
        }
        return norm;
    }

    static boolean isZero(Tensor x) {
        NumberRange range = NumberRange.of(x);
        return range.zeros() == range.count();
    }
}
