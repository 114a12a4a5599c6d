package dev.adjoint.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Everything some values depend on, in an order in which operands precede results. No recursion, so depth is no limit.
final class Reach {
    private final List<Value> order = new ArrayList<>();
    private final Set<Value> done = new HashSet<>();

    Reach(List<Value> first, List<Value> outputs) {
        first.forEach(this::add);
        outputs.forEach(this::visit);
    }

    List<Value> values() {
        return List.copyOf(order);
    }

    private void add(Value value) {
        if (done.add(value)) {
            order.add(value);
        }
    }

    private void visit(Value output) {
        Deque<Value> open = new ArrayDeque<>();
        open.push(output);
        while (!open.isEmpty()) {
            Value value = open.peek();
            List<Value> missing =
                    value.inputs().stream().filter(v -> !done.contains(v)).toList();
            if (done.contains(value) || missing.isEmpty()) {
                open.pop();
                add(value);
            } else {
                missing.reversed().forEach(open::push);
            }
        }
    }
}
