package dev.adjoint.compile;

import dev.adjoint.graph.Value;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Operations;
import dev.adjoint.op.movement.Broadcast;
import java.util.Set;

/// The size of the loop that computes some elementwise calls in one pass, as the JVM sees it: the operations of one element,
/// and the arrays that are read and written.
///
/// @param calls all calls of the graph
record LoopBody(Calls calls) {
    /// The largest loop that is faster than two. By itself the JVM makes vector instructions up to 52: with two arrays up to 40
    /// operations, with three up to 34, and so on down to 10 with seven; the generated loop talks it into more. Adam's whole
    /// update, 13 to 16 operations on seven arrays, takes two thirds of the time of two passes. Long formulas on few arrays
    /// gain nothing: with 70, GELU and its gradient took a fifth longer.
    private static final int LARGEST = 58;

    /// Up to this many elements there are no vectors to be had, and what counts is that there are few kernels.
    private static final int FEW = 4;

    /// The JVM never compiles a method of more than 8000 bytes; an operation takes about 10.
    private static final int LARGEST_OF_FEW = 400;

    /// What an array counts beside the operations.
    private static final int ARRAY = 6;

    /// What a sum counts beside its accumulators: terms are widened, and they are added.
    private static final int SUM = 5;

    boolean isTooLarge(Set<Value> group) {
        int operations = group.stream()
                .mapToInt(call -> Operations.of((Elementwise) call.op()))
                .sum();
        if (group.iterator().next().shape().count() <= FEW) {
            return operations > LARGEST_OF_FEW;
        }
        return operations + ARRAY * arrays(group) > LARGEST;
    }

    /// The same for calls that need not all be of one group. A sum's accumulators count as the array that they are.
    boolean isTooLarge(Draft draft) {
        long arrays = draft.writes().size()
                + draft.reads().stream()
                        .filter(read -> read.type().shape().count() > 1 && !isAlongLines(read, draft))
                        .count();
        return draft.operations() + SUM * draft.sums() + ARRAY * arrays > LARGEST;
    }

    /// A number that is read once before each run of the innermost loop.
    private static boolean isAlongLines(Value read, Draft draft) {
        return read.rank() > 0 && read.dim(-1) == 1 && draft.shape().dim(-1) > 1;
    }

    private long arrays(Set<Value> group) {
        long read = group.stream()
                .flatMap(call -> call.inputs().stream())
                .filter(operand -> !group.contains(operand) && !isScalar(operand))
                .distinct()
                .count();
        return read
                + group.stream()
                        .filter(call -> calls.isReadOutside(call, group))
                        .count();
    }

    /// A number that is read once before the loop.
    private static boolean isScalar(Value operand) {
        Value read = operand.op() instanceof Broadcast ? operand.input(0) : operand;
        return read.shape().count() == 1;
    }
}
