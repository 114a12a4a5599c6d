package dev.adjoint.compile;

import dev.adjoint.graph.Value;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Operations;
import dev.adjoint.op.reduction.Sum;
import dev.adjoint.tensor.Shape;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Calls that may become one task: elementwise calls with the views they read through, or sums with the elementwise calls
/// that give their terms.
///
/// @param calls the calls, views among them
/// @param writes those of them that others read
record Draft(Set<Value> calls, Set<Value> writes) {
    static Draft of(List<Value> calls, List<Value> writes) {
        return new Draft(new LinkedHashSet<>(calls), new LinkedHashSet<>(writes));
    }

    /// Whether the calls of a task are of these kinds.
    static boolean isPossible(List<Value> calls) {
        return calls.stream().anyMatch(Draft::isLoop) && calls.stream().allMatch(call -> isLoop(call) || isView(call));
    }

    private static boolean isLoop(Value call) {
        return call.op() instanceof Elementwise || call.op() instanceof Sum;
    }

    private static boolean isView(Value call) {
        return call.op() instanceof Movement;
    }

    /// What the loops run over.
    Shape shape() {
        Value call = calls.stream().filter(Draft::isLoop).findFirst().orElseThrow();
        return call.op() instanceof Sum ? call.input(0).shape() : call.shape();
    }

    /// What it reads.
    Set<Value> reads() {
        Set<Value> reads = new LinkedHashSet<>();
        for (Value call : calls) {
            for (Value operand : call.inputs()) {
                if (!calls.contains(operand)) {
                    reads.add(Calls.producer(operand));
                }
            }
        }
        return reads;
    }

    /// Whether its loops read a value as it is wherever they read it: neither reshaped nor through a view.
    boolean readsPlainly(Value value) {
        for (Value call : calls) {
            for (Value operand : call.inputs()) {
                if (Calls.producer(operand).equals(value) && (isView(call) || !operand.equals(value))) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The calls that give a result of this draft, less those whose results are written anyway.
    Set<Value> cone(Value result) {
        Set<Value> cone = new LinkedHashSet<>();
        collect(result, cone);
        return cone;
    }

    private void collect(Value value, Set<Value> cone) {
        if (cone.add(value)) {
            for (Value operand : value.inputs()) {
                if (calls.contains(operand) && !writes.contains(operand)) {
                    collect(operand, cone);
                }
            }
        }
    }

    /// This draft with calls that give what it read until now.
    Draft with(Set<Value> cone) {
        Set<Value> all = new LinkedHashSet<>(calls);
        all.addAll(cone);
        return new Draft(all, writes);
    }

    /// This draft without a result, and without the calls that only this result needed.
    Draft without(Value result) {
        Set<Value> left = new LinkedHashSet<>(writes);
        left.remove(result);
        Set<Value> needed = new LinkedHashSet<>();
        left.forEach(value -> need(value, needed));
        return new Draft(needed, left);
    }

    private void need(Value value, Set<Value> needed) {
        if (calls.contains(value) && needed.add(value)) {
            value.inputs().forEach(operand -> need(operand, needed));
        }
    }

    /// This draft and another, in one pass.
    Draft with(Draft other) {
        Set<Value> all = new LinkedHashSet<>(calls);
        all.addAll(other.calls);
        Set<Value> written = new LinkedHashSet<>(writes);
        written.addAll(other.writes);
        return new Draft(all, written);
    }

    /// The task of these calls.
    ///
    /// @param numbers the places of the calls in the graph
    Task task(Map<Value, Integer> numbers) {
        Comparator<Value> order = Comparator.comparingInt(numbers::get);
        return Task.of(calls.stream().sorted(order).toList(), List.copyOf(writes));
    }

    boolean isEmpty() {
        return writes.isEmpty();
    }

    /// The bytes that go through memory; what is written counts twice, because its place is fetched first.
    long bytes() {
        return bytes(reads()) + 2 * bytes(writes);
    }

    private static long bytes(Set<Value> values) {
        return values.stream().mapToLong(value -> value.type().bytes()).sum();
    }

    long sums() {
        return calls.stream().filter(Draft::isSum).count();
    }

    /// Whether all sums are along the same axes.
    boolean sumsAlike() {
        return calls.stream().filter(Draft::isSum).map(Value::op).distinct().count() == 1;
    }

    private static boolean isSum(Value call) {
        return call.op() instanceof Sum;
    }

    /// The operations of one element of its loops.
    int operations() {
        return operations(calls);
    }

    /// The operations of one element.
    static int operations(Set<Value> calls) {
        return calls.stream()
                .filter(call -> call.op() instanceof Elementwise)
                .mapToInt(call -> Operations.of((Elementwise) call.op()))
                .sum();
    }
}
