package dev.adjoint.compile;

import dev.adjoint.graph.Value;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Operations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Computes cheap values again in the loops and sums that read them, where nobody then needs them in memory and fewer bytes
/// go through memory in all.
///
/// No term changes: each operator still rounds its own result. From the last value to the first, so that what gives a value
/// can follow it into its readers.
final class Rematerialise {
    /// The most operations of an element that are done again.
    private static final int CHEAP = 16;

    private final Calls calls;
    private final Predicate<Cluster> runs;
    private final LoopBody bodies;
    private final Map<Value, Integer> numbers;
    private final List<Drafted> tasks = new ArrayList<>();

    /// Who reads a value, by the number of the task.
    private final Map<Value, Set<Integer>> readers = new HashMap<>();

    /// A task and the calls of the graph that are in it.
    ///
    /// @param draft nothing where the task stays as it is
    record Drafted(Task task, Optional<Draft> draft) {
        /// A task of these calls.
        static Drafted of(Task task, List<Value> calls) {
            boolean isLoop = Draft.isPossible(calls);
            return new Drafted(task, isLoop ? Optional.of(Draft.of(calls, task.writes())) : Optional.empty());
        }

        private boolean isDropped() {
            return draft.isPresent() && draft.get().isEmpty();
        }
    }

    /// @param runs whether some kernel runs a cluster
    Rematerialise(Calls calls, Predicate<Cluster> runs) {
        this.calls = calls;
        this.runs = runs;
        this.bodies = new LoopBody(calls);
        numbers = calls.numbers();
    }

    List<Drafted> apply(List<Drafted> given) {
        tasks.addAll(given);
        Map<Value, Integer> owners = new HashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            note(i);
            for (Value written : tasks.get(i).task.writes()) {
                owners.put(written, i);
            }
        }
        owners.keySet().stream()
                .filter(value -> value.op() instanceof Elementwise)
                .sorted(Comparator.<Value>comparingInt(numbers::get).reversed())
                .forEach(value -> spread(value, Objects.requireNonNull(owners.get(value))));
        return tasks.stream().filter(task -> !task.isDropped()).toList();
    }

    private void note(int task) {
        for (Value read : tasks.get(task).task.reads()) {
            readers.computeIfAbsent(Calls.producer(read), _ -> new HashSet<>()).add(task);
        }
    }

    /// Computes a value in its readers instead of storing it, if that is cheaper.
    private void spread(Value value, int owner) {
        Set<Integer> reading = readers.getOrDefault(value, Set.of());
        Optional<Draft> own = tasks.get(owner).draft;
        if (own.isEmpty()
                || reading.isEmpty()
                || calls.outputs().contains(value)
                || !reading.stream().allMatch(task -> canTake(task, value))) {
            return;
        }
        Set<Value> cone = own.get().cone(value);
        if (!isCheap(cone)) {
            return;
        }
        Map<Integer, Draft> after = new LinkedHashMap<>();
        after.put(owner, own.get().without(value));
        reading.forEach(task -> after.put(task, draft(task).with(cone)));
        if (bytes(after)
                        < after.keySet().stream()
                                .mapToLong(task -> draft(task).bytes())
                                .sum()
                && after.values().stream().noneMatch(bodies::isTooLarge)) {
            replace(after);
        }
    }

    private boolean canTake(int task, Value value) {
        return tasks.get(task)
                .draft
                .filter(draft -> !draft.isEmpty() && draft.shape().equals(value.shape()) && draft.readsPlainly(value))
                .isPresent();
    }

    private Draft draft(int task) {
        return tasks.get(task).draft.orElseThrow();
    }

    private static boolean isCheap(Set<Value> cone) {
        return Draft.operations(cone) <= CHEAP
                && cone.stream()
                        .filter(call -> call.op() instanceof Elementwise)
                        .allMatch(call -> Operations.isArithmetic((Elementwise) call.op()));
    }

    private static long bytes(Map<Integer, Draft> drafts) {
        return drafts.values().stream().mapToLong(Draft::bytes).sum();
    }

    /// Takes the new tasks if there are kernels for all of them.
    private void replace(Map<Integer, Draft> after) {
        Map<Integer, Drafted> replaced = new LinkedHashMap<>();
        for (Map.Entry<Integer, Draft> entry : after.entrySet()) {
            Draft draft = entry.getValue();
            Task task = draft.isEmpty() ? tasks.get(entry.getKey()).task : draft.task(numbers);
            if (!draft.isEmpty() && !runs.test(task.cluster())) {
                return;
            }
            replaced.put(entry.getKey(), new Drafted(task, Optional.of(draft)));
        }
        readers.values().forEach(tasks -> tasks.removeAll(replaced.keySet()));
        replaced.forEach((number, task) -> {
            tasks.set(number, task);
            if (!task.isDropped()) {
                note(number);
            }
        });
    }
}
