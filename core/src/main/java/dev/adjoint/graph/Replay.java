package dev.adjoint.graph;

import dev.adjoint.op.Call;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Runs a graph operator by operator on other tensors.
///
/// Values of a surrounding trace that the graph has captured stay what they are.
final class Replay {
    private final Graph graph;
    private final List<? extends Tensor> arguments;
    private final Map<Value, Tensor> known = new HashMap<>();
    private final Map<Call, List<Tensor>> results = new HashMap<>();

    /// Values that depend on a surrounding trace and on no argument of this graph.
    private final Set<Value> captured = new HashSet<>();

    /// Values that depend on an argument of this graph.
    private final Set<Value> varying = new HashSet<>();

    Replay(Graph graph, List<? extends Tensor> arguments) {
        this.graph = graph;
        this.arguments = arguments;
        checkTypes(graph.inputTypes(), arguments);
        for (int i = 0; i < arguments.size(); i++) {
            known.put(graph.inputs().get(i), arguments.get(i));
            varying.add(graph.inputs().get(i));
        }
        for (Value value : graph.values()) {
            if (!known.containsKey(value)) {
                known.put(value, replay(value));
            }
        }
    }

    List<Tensor> outputs() {
        return graph.outputs().stream().map(known::get).toList();
    }

    private Tensor replay(Value value) {
        boolean varies = value.inputs().stream().anyMatch(varying::contains);
        if (varies) {
            varying.add(value);
        } else if (value.isInput() || value.inputs().stream().anyMatch(captured::contains)) {
            captured.add(value);
            return value;
        }
        List<Tensor> all = results.get(value.call());
        if (all == null) {
            List<Tensor> operands = value.inputs().stream().map(known::get).toList();
            Tensor algebra = operands.isEmpty() ? world(value) : operands.getFirst();
            all = value.origin().during(() -> algebra.apply(value.op(), operands));
            results.put(value.call(), all);
        }
        return all.get(value.index());
    }

    /// The tensor that decides whether an operator without operands computes or records.
    private Tensor world(Value constant) {
        return arguments.isEmpty() ? constant : arguments.getFirst();
    }

    private static void checkTypes(List<TensorType> wanted, List<? extends Tensor> arguments) {
        List<TensorType> given = arguments.stream().map(Tensor::type).toList();
        if (!wanted.equals(given)) {
            throw new InvalidArgument("the graph takes " + wanted + ", not " + given);
        }
    }
}
