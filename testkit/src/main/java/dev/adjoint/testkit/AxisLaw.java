package dev.adjoint.testkit;

import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.Axes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Axes may be counted from either end: an operator with an attribute `axis` or [Axes] gives the same when every axis is
/// named from the other end, or refuses those numbers.
final class AxisLaw {
    private AxisLaw() {}

    static void check(LawCase at) {
        if (!namesAxes(at.sample().op())) {
            return;
        }
        Sample sample = at.sample();
        List<Array> operands = new Draw(at.key()).operands(sample);
        List<Array> expected = run(sample, operands);
        List<Op> rewritten = ranks(sample).stream()
                .flatMap(rank -> fromTheOtherEnd(sample.op(), rank).stream())
                .map(op -> new Sample(op, sample.operands()))
                .filter(Samples::isAccepted)
                .map(Sample::op)
                .toList();
        boolean same = rewritten.stream()
                .anyMatch(op -> run(new Sample(op, sample.operands()), operands).equals(expected));
        if (!rewritten.isEmpty() && !same) {
            throw new AssertionError("gives something else as " + rewritten);
        }
    }

    private static List<Array> run(Sample sample, List<Array> operands) {
        return Executable.compile(Samples.graph(sample), Kernels.reference()).run(operands);
    }

    /// Axes are those of an operand or of the result.
    private static Set<Integer> ranks(Sample sample) {
        Set<Integer> ranks = new TreeSet<>();
        sample.types().forEach(type -> ranks.add(type.rank()));
        sample.op().infer(sample.types()).forEach(type -> ranks.add(type.rank()));
        return ranks;
    }

    private static boolean namesAxes(Op op) {
        return op.getClass().isRecord()
                && Arrays.stream(op.getClass().getRecordComponents()).anyMatch(AxisLaw::namesAxes);
    }

    private static boolean namesAxes(RecordComponent component) {
        boolean one = component.getType() == int.class && component.getName().equals("axis");
        return one || component.getType() == Axes.class;
    }

    /// The operator with its axes counted from the other end; nothing if it refuses that or cannot be constructed here.
    private static Optional<Op> fromTheOtherEnd(Op op, int rank) {
        RecordComponent[] components = op.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        List<Object> attributes = new ArrayList<>();
        try {
            for (RecordComponent component : components) {
                Object attribute = component.getAccessor().invoke(op);
                attributes.add(namesAxes(component) ? fromTheOtherEnd(attribute, rank) : attribute);
            }
            return Optional.of(op.getClass().getConstructor(types).newInstance(attributes.toArray()));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof AdjointException) {
                return Optional.empty();
            }
            throw new AssertionError("refuses " + attributes + " with " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    private static Object fromTheOtherEnd(Object attribute, int rank) {
        if (attribute instanceof Axes axes) {
            return new Axes(
                    axes.list().stream().map(axis -> otherEnd(axis, rank)).toList(), axes.after());
        }
        return otherEnd((Integer) attribute, rank);
    }

    private static int otherEnd(int axis, int rank) {
        return axis < 0 ? axis + rank : axis - rank;
    }
}
