package dev.adjoint.cli.expression;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.Cotangents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The numbers on every wire of a circuit: forward the value, backward the gradient ∂output/∂wire.
///
/// @param circuit the circuit
/// @param arguments the values of its names, in order
/// @param values the value of every gate, constant and name
/// @param gradients the gradient of all of them but constants and gates that depend on no name
public record Evaluation(
        Circuit circuit, List<Double> arguments, Map<Value, Double> values, Map<Value, Double> gradients) {
    /// Evaluates a circuit for values given as texts `name=value`.
    ///
    /// @throws ExpressionError if a text is not `name=number`, or the names are not those of the circuit
    public static Evaluation of(Circuit circuit, List<String> bindings) {
        List<Double> arguments = new Bindings(bindings).of(circuit);
        Graph graph = circuit.graph();
        Map<Value, Value> gradients = gradients(graph);
        Map<Value, Double> numbers =
                numbers(new Graph(graph.inputs(), concat(graph.values(), gradients.values())), arguments);
        Map<Value, Double> values = new LinkedHashMap<>();
        graph.values().forEach(v -> values.put(v, numbers.get(v)));
        Map<Value, Double> backward = new LinkedHashMap<>();
        gradients.forEach((v, gradient) -> backward.put(v, numbers.get(gradient)));
        return new Evaluation(circuit, arguments, values, backward);
    }

    /// The value of the expression.
    public double value() {
        return value(circuit.graph().outputs().getFirst());
    }

    /// The value of a gate, constant or name of the circuit.
    public double value(Value value) {
        return Objects.requireNonNull(values.get(value));
    }

    /// The gradient of a value, if it depends on a name.
    public Optional<Double> gradient(Value value) {
        return Optional.ofNullable(gradients.get(value));
    }

    /// The gradient of every name, in order.
    public Map<String, Double> gradientsByName() {
        Map<String, Double> named = new LinkedHashMap<>();
        List<String> names = circuit.names();
        for (int i = 0; i < names.size(); i++) {
            named.put(names.get(i), gradients.get(circuit.graph().inputs().get(i)));
        }
        return named;
    }

    private static Map<Value, Value> gradients(Graph graph) {
        Cotangents cotangents = new Cotangents(graph, List.of(Array.scalar(1.0)));
        Map<Value, Value> gradients = new LinkedHashMap<>();
        for (Value value : graph.values()) {
            cotangents.of(value).ifPresent(gradient -> gradients.put(value, Value.of(gradient)));
        }
        return gradients;
    }

    /// The number of every value that the graph's outputs need.
    static Map<Value, Double> numbers(Graph graph, List<Double> arguments) {
        Tensor eager = Array.scalar(0.0);
        Map<Value, Tensor> known = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            known.put(graph.inputs().get(i), Array.scalar(arguments.get(i)));
        }
        for (Value value : graph.values()) {
            if (!known.containsKey(value)) {
                List<Tensor> operands = value.inputs().stream().map(known::get).toList();
                known.put(value, eager.apply(value.op(), operands).get(value.index()));
            }
        }
        Map<Value, Double> numbers = new HashMap<>();
        known.forEach((value, tensor) -> numbers.put(value, tensor.elements().get(0)));
        return numbers;
    }

    private static List<Value> concat(List<Value> first, Iterable<Value> second) {
        List<Value> all = new ArrayList<>(first);
        second.forEach(all::add);
        return all;
    }
}
