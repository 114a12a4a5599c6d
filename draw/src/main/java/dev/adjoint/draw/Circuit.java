package dev.adjoint.draw;

import dev.adjoint.graph.Graph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A graph of single numbers, evaluated: every value v with its number and its gradient ∂f/∂v, where f is the graph's
/// only output.
///
/// The graph is taken as it is, so that the picture shows what was written.
///
/// {@snippet :
/// Value x = Value.input("x", TensorType.of(DType.F64));
/// Graph square = new Graph(List.of(x), List.of(Value.of(x.mul(x))));
/// Circuit circuit = Circuit.of(square, Map.of("x", 3.0));     // value 9, gradients {x=6}
/// Files.writeString(Path.of("square.svg"), CircuitSvg.draw(circuit));
/// }
///
/// @param nodes the values, operands before results; a node's id is its place in this list
/// @param output the id of f
public record Circuit(List<Node> nodes, int output) {
    /// One value.
    ///
    /// @param id its place in the circuit
    /// @param operator the operator's name: `input` and `constant` for sources, else for instance `mul`
    /// @param label the name of an input, the digits of a constant, else the operator's symbol, for instance `×`
    /// @param inputs the ids of the operands, in order
    /// @param value the number
    /// @param gradient ∂f/∂v: what f gains when this value gains one (to first order); 0 for constants and for values
    ///     that no gradient reaches
    public record Node(int id, String operator, String label, List<Integer> inputs, double value, double gradient) {
        public Node {
            inputs = List.copyOf(inputs);
        }

        public boolean isInput() {
            return operator.equals("input");
        }

        public boolean isConstant() {
            return operator.equals("constant");
        }
    }

    public Circuit {
        nodes = List.copyOf(nodes);
    }

    /// Evaluates a graph of single numbers, forward and backward, in one run.
    ///
    /// @param graph a graph of one floating output; composites are replaced by what they are made of
    /// @param values the numbers of the inputs, by label
    /// @throws dev.adjoint.tensor.InvalidArgument if a value has axes, if there is not one floating output,
    ///     if labels repeat, if an input
    ///     lacks a number or a number belongs to no input
    public static Circuit of(Graph graph, Map<String, Double> values) {
        return new CircuitEvaluation(graph, values).circuit();
    }

    /// The value of f.
    public double value() {
        return nodes.get(output).value();
    }

    /// ∂f/∂x for every input x, in the order of the graph's inputs.
    public Map<String, Double> gradients() {
        Map<String, Double> gradients = new LinkedHashMap<>();
        nodes.stream().filter(Node::isInput).forEach(node -> gradients.put(node.label(), node.gradient()));
        return gradients;
    }
}
