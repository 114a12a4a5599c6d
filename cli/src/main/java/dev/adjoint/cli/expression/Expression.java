package dev.adjoint.cli.expression;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A formula as a graph of f64 scalars. A repeated name is one input used more than once.
///
/// @param text the expression as it was written
/// @param graph its names as inputs, in the order in which they first occur, and its value as the only output
/// @param columns where each name first occurs, from 1
public record Expression(String text, Graph graph, Map<String, Integer> columns) {
    /// The expression of a text.
    ///
    /// @throws ExpressionError if the text is not an expression
    public static Expression of(String text) {
        Gates gates = new Gates();
        Value value = Parser.parse(text, gates);
        return new Expression(text, new Graph(List.copyOf(gates.inputs.values()), List.of(value)), gates.columns);
    }

    /// The names in order.
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /// The values of the names, in order, from texts `name=value`.
    ///
    /// @throws ExpressionError if a text is not `name=number`, a name has no value or two, or a value belongs to no name
    public Map<String, Double> bind(List<String> texts) {
        return new Bindings(texts).of(this);
    }

    private static final class Gates implements Reading<Value> {
        private final Map<String, Value> inputs = new LinkedHashMap<>();
        private final Map<String, Integer> columns = new LinkedHashMap<>();

        @Override
        public Value number(double value) {
            return Value.call(Constant.scalar(DType.F64, value), List.of()).getFirst();
        }

        @Override
        public Value name(String name, int column) {
            columns.putIfAbsent(name, column);
            return inputs.computeIfAbsent(name, label -> Value.input(label, TensorType.of(DType.F64)));
        }

        @Override
        public Value call(Op op, List<Value> operands) {
            return Value.call(op, operands).getFirst();
        }
    }
}
