package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Sample.Operand;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Jvp;
import dev.adjoint.transform.Vjp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Operators on tensors without elements, wherever their shape law allows them.
final class EmptyLaw {
    /// Sums of a handful of numbers, in another order.
    private static final double TOLERANCE = 1e-9;

    private EmptyLaw() {}

    static void check(LawCase at) {
        for (Sample empty : emptied(at.sample())) {
            if (Samples.isAccepted(empty)) {
                checkGraphs(empty, at);
            }
        }
    }

    /// The sample with an extent of one operand put to 0, or with all extents of one size.
    private static Set<Sample> emptied(Sample sample) {
        Set<Sample> emptied = new LinkedHashSet<>();
        for (int operand = 0; operand < sample.operands().size(); operand++) {
            TensorType type = sample.types().get(operand);
            for (int axis = 0; axis < type.rank(); axis++) {
                long extent = type.dim(axis);
                List<Operand> alone = new ArrayList<>(sample.operands());
                alone.set(
                        operand,
                        with(alone.get(operand), type.withShape(type.shape().with(axis, 0))));
                emptied.add(new Sample(sample.op(), alone));
                emptied.add(new Sample(
                        sample.op(),
                        sample.operands().stream()
                                .map(o -> with(o, without(o.type(), e -> e == extent)))
                                .toList()));
            }
        }
        return emptied;
    }

    private static TensorType without(TensorType type, Predicate<Long> gone) {
        TensorType result = type;
        for (int axis = 0; axis < type.rank(); axis++) {
            if (gone.test(type.dim(axis))) {
                result = result.withShape(result.shape().with(axis, 0));
            }
        }
        return result;
    }

    private static Operand with(Operand operand, TensorType type) {
        return new Operand(type, operand.low(), operand.high(), operand.structure());
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
