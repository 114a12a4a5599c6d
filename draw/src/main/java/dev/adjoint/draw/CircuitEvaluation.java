package dev.adjoint.draw;

import dev.adjoint.draw.svg.NumberText;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.source.Input;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.transform.Cotangents;
import dev.adjoint.transform.Expand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Computes the numbers and gradients of a circuit.
final class CircuitEvaluation {
    private final Graph graph;
    private final List<Value> values;
    private final Map<Value, Integer> ids = new HashMap<>();
    private final Map<String, Double> given;

    CircuitEvaluation(Graph written, Map<String, Double> given) {
        checkOutput(written);
        this.graph = Expand.all().apply(written);
        this.given = given;
        this.values = graph.values();
        values.forEach(value -> ids.put(value, ids.size()));
        values.forEach(CircuitEvaluation::checkScalar);
        checkNames();
    }

    private static void checkOutput(Graph graph) {
        if (graph.outputs().size() != 1) {
            throw new InvalidArgument(
                    "a circuit has one output, not " + graph.outputs().size());
        }
        Value output = graph.outputs().getFirst();
        if (!output.type().dtype().isFloating()) {
            throw new InvalidArgument(
                    "a circuit's output must be a floating number, not " + output + ": nothing else has a gradient");
        }
    }

    private static void checkScalar(Value value) {
        if (value.type().rank() != 0) {
            throw new InvalidArgument("a circuit is made of single numbers, but " + value
                    + " has axes; draw the graph with GraphSvg instead");
        }
    }

    private void checkNames() {
        Set<String> labels = new HashSet<>();
        for (Value input : graph.inputs()) {
            if (!labels.add(label(input))) {
                throw new InvalidArgument("two inputs of the circuit are called '" + label(input) + "'; rename one");
            }
            if (!given.containsKey(label(input))) {
                throw new InvalidArgument("input '" + label(input) + "' has no number; add " + label(input) + "=…");
            }
        }
        for (String name : new TreeSet<>(given.keySet())) {
            if (!labels.contains(name)) {
                throw new InvalidArgument(
                        "no input is called '" + name + "'; there are " + new TreeSet<>(labels) + " in the circuit");
            }
        }
    }

    private static String label(Value input) {
        return ((Input) input.op()).label();
    }

    Circuit circuit() {
        List<Array> numbers = run();
        int output = ids.getOrDefault(graph.outputs().getFirst(), -1);
        List<Circuit.Node> nodes = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            double gradient = i == output ? 1 : numbers.get(values.size() + i).item();
            nodes.add(node(values.get(i), numbers.get(i).item(), gradient));
        }
        return new Circuit(nodes, output);
    }

    /// All values, then all cotangents.
    private List<Array> run() {
        Value output = graph.outputs().getFirst();
        var cotangents = new Cotangents(graph, List.of(output.onesLike()));
        List<Value> wanted = new ArrayList<>(values);
        values.forEach(value -> wanted.add(Value.of(cotangents.orZeros(value))));
        List<Array> arguments = graph.inputs().stream()
                .map(input -> Array.scalar(input.type().dtype(), given.getOrDefault(label(input), Double.NaN)))
                .toList();
        return Executable.compile(new Graph(graph.inputs(), wanted)).run(arguments);
    }

    private Circuit.Node node(Value value, double number, double gradient) {
        int id = ids.getOrDefault(value, -1);
        String operator = value.op().name();
        String label = switch (operator) {
            case "input" -> label(value);
            case "constant" -> NumberText.significant(number, 4);
            default -> Notation.symbol(operator);
        };
        List<Integer> operands =
                value.inputs().stream().map(v -> ids.getOrDefault(v, -1)).toList();
        return new Circuit.Node(id, operator, label, operands, number, gradient);
    }
}
