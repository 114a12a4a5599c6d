package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Origin;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Operands that do not fit are refused in a way that a user can act on, before anything is computed; operands that fit by
/// surprise give results of the inferred types.
final class RefusalLaw {
    private RefusalLaw() {}

    static void check(LawCase at) {
        Op op = at.sample().op();
        Misfits misfits = new Misfits(at.sample().types());
        for (List<TensorType> operands : misfits.all()) {
            recorded(op, operands).ifPresent(graph -> run(graph, at));
        }
        for (List<TensorType> operands : misfits.huge()) {
            var _ = recorded(op, operands);
        }
    }

    /// The graph of the call, or nothing if it is refused as it should be.
    private static Optional<Graph> recorded(Op op, List<TensorType> operands) {
        List<Value> inputs = new ArrayList<>();
        operands.forEach(type -> inputs.add(Value.input("x", type)));
        try {
            return Optional.of(new Graph(inputs, Value.call(op, inputs, Origin.UNKNOWN)));
        } catch (AdjointException e) {
            if (!e.getMessage().startsWith(op.name())) {
                throw new AssertionError(operands + ": the refusal does not name the operator: " + e.getMessage(), e);
            }
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(operands + ": refused with " + e, e);
        }
    }

    private static void run(Graph graph, LawCase at) {
        List<Array> zeros = graph.inputTypes().stream().map(Array::zeros).toList();
        for (Kernels kernels : List.of(Kernels.reference(), at.kernels())) {
            try {
                List<TensorType> found = Executable.compile(graph, kernels).run(zeros).stream()
                        .map(Tensor::type)
                        .toList();
                if (!found.equals(graph.outputTypes())) {
                    throw new AssertionError(graph.inputTypes() + ": results are of type " + found + ", inferred was "
                            + graph.outputTypes());
                }
            } catch (AdjointException refusal) {
                // Numbers may be refused: a matrix of zeros has no inverse.
                return;
            } catch (RuntimeException e) {
                throw new AssertionError(graph.inputTypes() + ": accepted, then " + e, e);
            }
        }
    }
}
