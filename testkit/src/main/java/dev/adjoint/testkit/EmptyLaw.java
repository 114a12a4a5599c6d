package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.op.Sample;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Jvp;
import dev.adjoint.transform.Vjp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Operators on tensors without elements, wherever their shape law allows them.
final class EmptyLaw {
    /// Sums of a handful of numbers, in another order.
    private static final double TOLERANCE = 1e-9;

    private EmptyLaw() {}

    static void check(LawCase at) {
        for (Sample empty : Extents.of(at.sample()).alone(_ -> 0)) {
            if (Samples.isAccepted(empty)) {
                checkGraphs(empty, at);
            }
        }
    }

    private static void checkGraphs(Sample sample, LawCase at) {
        Graph graph = Samples.graph(sample);
        List<Array> operands = new Draw(at.key()).operands(sample);
        agree(graph, operands, at, sample.types() + " in a graph");
        if (Samples.refusesDerivatives(sample)) {
            return;
        }
        extended(new Jvp().apply(graph), operands, at, sample.types() + " in forward mode");
        if (sample.op().withoutReverse().isEmpty()) {
            extended(new Vjp().apply(graph), operands, at, sample.types() + " in reverse mode");
        }
    }

    /// Tangents or cotangents are drawn.
    private static void extended(Graph graph, List<Array> operands, LawCase at, String where) {
        List<Array> arguments = new ArrayList<>(operands);
        List<TensorType> types = graph.inputTypes();
        arguments.addAll(new Draw(at.key()).directions(types.subList(operands.size(), types.size())));
        agree(graph, arguments, at, where);
    }

    private static void agree(Graph graph, List<Array> arguments, LawCase at, String where) {
        Optional<List<Array>> expected = outcome(graph, arguments, Kernels.reference());
        Optional<List<Array>> found = outcome(graph, arguments, at.kernels());
        if (found.isPresent() != expected.isPresent()) {
            throw new AssertionError(where + ": only one of the compiled and the reference kernels refuses");
        }
        for (int i = 0; expected.isPresent() && i < expected.get().size(); i++) {
            new Agreement(TOLERANCE).check(found.get().get(i), expected.get().get(i), where);
        }
    }

    /// Nothing if the numbers are refused: an index outside its axis, a matrix that has no factors.
    private static Optional<List<Array>> outcome(Graph graph, List<Array> arguments, Kernels kernels) {
        try {
            return Optional.of(Executable.compile(graph, kernels).run(arguments));
        } catch (AdjointException e) {
            return Optional.empty();
        }
    }
}
