package dev.adjoint.compile;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Origin;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import dev.adjoint.op.movement.Reshape;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Calls that one kernel runs, as a graph of their own.
///
/// @param graph the calls; its inputs are what the kernel reads, its outputs what it writes
public record Cluster(Graph graph) {
    /// The cluster of a single call on operands of the given types.
    public static Cluster of(Op op, List<TensorType> operands) {
        List<Value> inputs = new ArrayList<>();
        operands.forEach(type -> inputs.add(Value.input("x", type)));
        return new Cluster(new Graph(inputs, Value.call(op, inputs, Origin.UNKNOWN)));
    }

    /// The operator of a cluster of a single call.
    public Op op() {
        return graph.outputs().getFirst().op();
    }

    /// Whether the cluster is one call whose operands are the inputs in order.
    public boolean isSingle() {
        Value first = graph.outputs().getFirst();
        return first.inputs().equals(graph.inputs())
                && graph.outputs().stream().allMatch(output -> output.call() == first.call());
    }

    /// The types that the kernel reads.
    public List<TensorType> inputTypes() {
        return graph.inputTypes();
    }

    /// The types that the kernel writes.
    public List<TensorType> outputTypes() {
        return graph.outputTypes();
    }

    /// Tests that what the kernel writes can be stored, before anything is computed.
    ///
    /// @throws InvalidArgument naming the operator whose result has more elements than a Java array
    public void checkStorage() {
        for (Value output : graph.outputs()) {
            if (output.shape().count() > Elements.LARGEST_COUNT) {
                String operands = output.inputs().stream()
                        .map(operand -> operand.type().toString())
                        .collect(Collectors.joining(" and "));
                throw new InvalidArgument(output.describe() + ": " + (operands.isEmpty() ? "" : operands + ": ")
                        + "the result " + output.type() + " has "
                        + output.shape().count()
                        + " elements and does not fit a Java array (at most 2³¹−9)");
            }
        }
    }

    /// The names of the operators, in order; once where a call has several results. Reshapes between them do nothing.
    @Override
    public String toString() {
        return graph.calls().stream()
                .map(Value::call)
                .distinct()
                .filter(call -> isSingle() || !(call.op() instanceof Reshape))
                .map(call -> call.op().name())
                .collect(Collectors.joining("·"));
    }
}
