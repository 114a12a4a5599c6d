package dev.adjoint.compile;

import dev.adjoint.graph.Value;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.movement.Reshape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Calls in groups, such that no group waits for itself: whoever joins two groups must not close a circle through a third.
final class Groups {
    private final List<Value> calls;
    private final LoopBody bodies;
    private final Map<Value, Integer> numbers = new HashMap<>();

    /// For every group, known by its first call's number: its calls' numbers; empty where a call joined another.
    private final List<BitSet> members = new ArrayList<>();

    private final int[] groupOf;

    /// Groups that elementwise calls do not join.
    private final BitSet closed = new BitSet();

    private final List<Set<Integer>> reads = new ArrayList<>();
    private final List<Set<Integer>> readBy = new ArrayList<>();

    Groups(Calls calls) {
        this.calls = calls.all();
        this.bodies = new LoopBody(calls);
        this.groupOf = new int[this.calls.size()];
        for (int i = 0; i < groupOf.length; i++) {
            numbers.put(this.calls.get(i), i);
            groupOf[i] = i;
            BitSet self = new BitSet();
            self.set(i);
            members.add(self);
            reads.add(new HashSet<>());
            readBy.add(new HashSet<>());
        }
        for (int i = 0; i < groupOf.length; i++) {
            for (int operand : operands(i)) {
                reads.get(i).add(operand);
                readBy.get(operand).add(i);
            }
        }
    }

    private List<Integer> operands(int call) {
        return Calls.operands(calls.get(call)).stream().map(numbers::get).toList();
    }

    /// Joins a call with the groups of those of its operands that are of its kind and shape.
    void joinOperands(Value call) {
        int own = number(call);
        for (Value operand : call.inputs()) {
            Integer number = numbers.get(operand);
            if (number != null
                    && operand.op() instanceof Elementwise
                    && operand.shape().equals(call.shape())) {
                join(groupOf[number], groupOf[own]);
            }
        }
    }

    /// Joins what ends a product with it, and lets nobody else join.
    void joinEpilogue(Epilogue epilogue) {
        int product = groupOf[number(epilogue.product())];
        epilogue.calls().forEach(call -> merge(product, groupOf[number(call)]));
        closed.set(product);
    }

    /// The calls that have joined one, in order.
    List<Value> joined(Value call) {
        return calls(groupOf[number(call)]);
    }

    private List<Value> calls(int group) {
        return members.get(group).stream().mapToObj(calls::get).toList();
    }

    /// Joins a permutation with the contraction that nobody else reads.
    void joinPermuted(Value permutation) {
        merge(groupOf[number(permutation.input(0))], groupOf[number(permutation)]);
    }

    private int number(Value call) {
        return Objects.requireNonNull(numbers.get(call));
    }

    private void join(int first, int second) {
        if (first == second
                || closed.get(first)
                || closed.get(second)
                || isBetween(first, second)
                || isBetween(second, first)
                || bodies.isTooLarge(together(first, second))
                || readsReshaped(first, second)
                || readsReshaped(second, first)) {
            return;
        }
        merge(first, second);
    }

    private void merge(int first, int second) {
        members.get(second).stream().forEach(call -> groupOf[call] = first);
        members.get(first).or(members.get(second));
        members.get(second).clear();
        move(reads, readBy, second, first);
        move(readBy, reads, second, first);
    }

    private Set<Value> together(int first, int second) {
        return IntStream.concat(members.get(first).stream(), members.get(second).stream())
                .mapToObj(calls::get)
                .collect(Collectors.toSet());
    }

    /// Whether a call of one group reads a result of the other in another shape: then it must have been written.
    private boolean readsReshaped(int reader, int read) {
        return members.get(reader).stream()
                .mapToObj(calls::get)
                .flatMap(call -> call.inputs().stream())
                .filter(operand -> operand.op() instanceof Reshape)
                .map(operand -> numbers.get(Calls.producer(operand)))
                .anyMatch(number -> number != null && groupOf[number] == read);
    }

    /// Gives the edges of one group to another, in both directions.
    private static void move(List<Set<Integer>> edges, List<Set<Integer>> back, int from, int to) {
        for (int other : edges.get(from)) {
            back.get(other).remove(from);
            if (other != to) {
                back.get(other).add(to);
                edges.get(to).add(other);
            }
        }
        edges.get(from).clear();
    }

    /// Whether some group must run after one and before the other.
    private boolean isBetween(int first, int last) {
        Deque<Integer> open = new ArrayDeque<>();
        BitSet seen = new BitSet();
        for (int next : readBy.get(first)) {
            if (next != last) {
                open.add(next);
                seen.set(next);
            }
        }
        while (!open.isEmpty()) {
            for (int next : readBy.get(open.remove())) {
                if (next == last) {
                    return true;
                }
                if (!seen.get(next)) {
                    seen.set(next);
                    open.add(next);
                }
            }
        }
        return false;
    }

    /// The groups in an order in which they can run: of those that can, the one that stands first in the graph.
    List<List<Value>> inOrder() {
        int[] waiting = new int[groupOf.length];
        PriorityQueue<Integer> ready = new PriorityQueue<>((a, b) ->
                Integer.compare(members.get(a).length(), members.get(b).length()));
        for (int group = 0; group < groupOf.length; group++) {
            waiting[group] = reads.get(group).size();
            if (!members.get(group).isEmpty() && waiting[group] == 0) {
                ready.add(group);
            }
        }
        List<List<Value>> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            int group = ready.remove();
            order.add(calls(group));
            for (int reader : readBy.get(group)) {
                if (--waiting[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        return order;
    }
}
