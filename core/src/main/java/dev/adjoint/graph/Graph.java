package dev.adjoint.graph;

import dev.adjoint.op.Body;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Inputs and outputs; everything between them is reachable. Immutable and acyclic.
///
/// @param inputs the arguments, in order
/// @param outputs the results, in order
public record Graph(List<Value> inputs, List<Value> outputs) implements Body {
    public Graph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        for (Value input : inputs) {
            if (!input.isInput()) {
                throw new InvalidArgument("a graph starts from inputs, but " + input + " is computed");
            }
        }
    }

    /// A computation as a graph: itself, or recorded for arguments of its types.
    public static Graph of(Body body) {
        if (body instanceof Graph graph) {
            return graph;
        }
        List<Value> inputs =
                body.inputTypes().stream().map(type -> Value.input("x", type)).toList();
        return new Graph(inputs, body.apply(inputs).stream().map(Value::of).toList());
    }

    /// The values that the outputs need, operands before results; the graph's own inputs come first.
    public List<Value> values() {
        return new Reach(inputs, outputs).values();
    }

    /// The values that are results of operators rather than arguments.
    public List<Value> calls() {
        return values().stream().filter(v -> !v.isInput()).toList();
    }

    @Override
    public List<TensorType> inputTypes() {
        return inputs.stream().map(Value::type).toList();
    }

    @Override
    public List<TensorType> outputTypes() {
        return outputs.stream().map(Value::type).toList();
    }

    /// Computes or records the outputs for other tensors in the place of the inputs.
    ///
    /// @throws InvalidArgument if the arguments are not of the input types, or if the graph depends on an argument of a
    ///     surrounding trace and the arguments are numbers
    @Override
    public List<Tensor> apply(List<? extends Tensor> arguments) {
        return new Replay(this, arguments).outputs();
    }

    /// The graph as text, see [GraphText].
    @Override
    public String toString() {
        return GraphText.print(this);
    }
}
