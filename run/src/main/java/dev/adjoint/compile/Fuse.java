package dev.adjoint.compile;

import dev.adjoint.compile.Rematerialise.Drafted;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Contraction;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Op;
import dev.adjoint.op.composite.Attention;
import dev.adjoint.op.composite.AttentionGradient;
import dev.adjoint.op.indexing.Scatter;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.op.movement.Permute;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Cuts a graph into tasks: elementwise calls of one shape that feed each other become one pass over memory, and views
/// (permutations, broadcasts) are read in place by who reads them, and permutations written in place, and biases added to
/// products and their ramps taken before anything is written, where a kernel can.
///
/// Fusion changes no bit: every operator in a pass still rounds its own result.
///
/// @param runs whether some kernel runs a cluster
record Fuse(Predicate<Cluster> runs) {
    Tasks apply(Graph graph) {
        Calls calls = new Calls(graph);
        Groups groups = new Groups(calls);
        calls.all().stream().filter(call -> isWrittenInPlace(call, calls)).forEach(groups::joinPermuted);
        calls.all().stream()
                .flatMap(call -> Epilogue.in(calls, call).stream())
                .filter(epilogue -> isAddedInPlace(epilogue, groups))
                .forEach(groups::joinEpilogue);
        calls.all().stream().filter(call -> call.op() instanceof Elementwise).forEach(groups::joinOperands);
        List<Drafted> tasks = new ArrayList<>();
        for (List<Value> group : groups.inOrder()) {
            tasks.addAll(tasks(group, calls));
        }
        List<Drafted> spread = new Rematerialise(calls, runs).apply(tasks);
        return new Tasks(graph, withoutUnread(new JoinSums(calls, runs).apply(spread), calls));
    }

    /// Whether the kernel of a contraction can write its permutation, which is all that anybody reads of it.
    private boolean isWrittenInPlace(Value call, Calls calls) {
        return call.op() instanceof Permute
                && call.input(0).op() instanceof Contraction
                && !calls.isReadOutside(call.input(0), List.of(call))
                && runs.test(
                        Task.of(List.of(call.input(0), call), List.of(call)).cluster());
    }

    /// Whether the kernel of a product can add a bias, and take the ramp, before it writes the result.
    private boolean isAddedInPlace(Epilogue epilogue, Groups groups) {
        List<Value> all = new ArrayList<>(groups.joined(epilogue.product()));
        boolean isProduct = all.getFirst().op() instanceof Contraction;
        all.addAll(epilogue.calls());
        return isProduct
                && runs.test(Task.of(Calls.withReshapes(all), List.of(epilogue.result()))
                        .cluster());
    }

    private List<Drafted> tasks(List<Value> work, Calls calls) {
        List<Value> group = Calls.withReshapes(work);
        List<Value> writes = group.stream()
                .flatMap(call -> call.call().results().stream())
                .map(Value::of)
                .filter(result -> result.call().results().size() > 1 || calls.isReadOutside(result, group))
                .toList();
        List<Value> views = views(group);
        if (!views.isEmpty()) {
            List<Value> together = new ArrayList<>(views);
            together.addAll(group);
            Task task = Task.of(together, writes);
            if (runs.test(task.cluster())) {
                return List.of(Drafted.of(task, together));
            }
        }
        if (group.size() > 1) {
            Task task = Task.of(group, writes);
            if (runs.test(task.cluster())) {
                return List.of(Drafted.of(task, group));
            }
        }
        return work.stream()
                .map(call -> Drafted.of(Task.of(call), List.of(call)))
                .toList();
    }

    /// The views that a group could read through.
    private static List<Value> views(List<Value> group) {
        if (!readsViews(group.getFirst().op())) {
            return List.of();
        }
        Set<Value> views = new LinkedHashSet<>();
        for (Value call : group) {
            for (Value operand : call.inputs()) {
                boolean isView = operand.op() instanceof Permute || operand.op() instanceof Broadcast;
                if (isView && !group.contains(operand)) {
                    views.add(operand);
                }
            }
        }
        return List.copyOf(views);
    }

    private static boolean readsViews(Op op) {
        return op instanceof Elementwise
                || op instanceof Contraction
                || op instanceof Scatter
                || op instanceof Attention
                || op instanceof AttentionGradient;
    }

    /// Tasks less the views that everybody reads in place.
    private static List<Task> withoutUnread(List<Task> tasks, Calls calls) {
        Set<Value> read = new LinkedHashSet<>(calls.outputs());
        List<Task> kept = new ArrayList<>();
        for (Task task : tasks.reversed()) {
            if (task.writes().stream().anyMatch(read::contains)) {
                kept.addFirst(task);
                task.reads().stream().map(Calls::producer).forEach(read::add);
            }
        }
        return kept;
    }
}
