package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Origin;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Jvp;
import dev.adjoint.transform.Transform;
import dev.adjoint.transform.Vjp;
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

    /// What is accepted has results of the inferred types, the same from all kernels, and derivatives; unless the numbers
    /// are refused: an index outside its axis, a matrix that has no factors.
    private static void run(Graph graph, LawCase at) {
        try {
            List<Array> operands = new Draw(at.key()).unfamiliar(graph.inputTypes());
            Condition condition = Condition.at(Executable.compile(graph, Kernels.reference()), operands, at.key());
            String where = "accepted " + graph.inputTypes();
            condition.check(at, Executable.compile(graph, at.kernels()).run(operands), where);
            differentiate(at.sample().op(), graph, operands);
        } catch (AdjointException refusal) {
            return;
        } catch (RuntimeException e) {
            throw new AssertionError(graph.inputTypes() + ": accepted, then " + e, e);
        }
    }

    private static void differentiate(Op op, Graph graph, List<Array> operands) {
        List<Transform> modes = new ArrayList<>(List.of(new Jvp()));
        if (op.withoutReverse().isEmpty()) {
            modes.add(new Vjp());
        }
        for (Transform mode : modes) {
            Graph derivative = mode.apply(graph);
            List<Array> arguments = new ArrayList<>(operands);
            List<TensorType> types = derivative.inputTypes();
            types.subList(operands.size(), types.size()).forEach(type -> arguments.add(Array.zeros(type)));
            var _ = Executable.compile(derivative, Kernels.reference()).run(arguments);
        }
    }
}
