package dev.adjoint.compile;

import dev.adjoint.compile.Rematerialise.Drafted;
import dev.adjoint.graph.Value;
import dev.adjoint.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/// Joins sums along the same axes into one pass where they read the same arrays and do not wait for each other.
///
/// No term changes; the order in which a sum adds its terms follows from what the pass reads.
final class JoinSums {
    private final Predicate<Cluster> runs;
    private final LoopBody bodies;
    private final Map<Value, Integer> numbers;
    private final IdentityHashMap<Drafted, Optional<Shape>> shapes = new IdentityHashMap<>();
    private List<Drafted> tasks = new ArrayList<>();

    /// @param runs whether some kernel runs a cluster
    JoinSums(Calls calls, Predicate<Cluster> runs) {
        this.runs = runs;
        this.bodies = new LoopBody(calls);
        this.numbers = calls.numbers();
    }

    /// The tasks, in an order in which they can run, as those given are.
    List<Task> apply(List<Drafted> given) {
        tasks = new ArrayList<>(given);
        for (int next = 0; next < tasks.size(); next++) {
            OptionalInt joined = joinWithEarlier(next);
            while (joined.isPresent()) {
                next = joined.getAsInt();
                joined = joinWithEarlier(next);
            }
        }
        return tasks.stream().map(Drafted::task).toList();
    }

    /// Joins a task with the nearest before it that it goes together with: gives its new place.
    private OptionalInt joinWithEarlier(int last) {
        for (int first = last - 1; first >= 0; first--) {
            if (shape(first).isPresent() && shape(first).equals(shape(last))) {
                Optional<Drafted> joined = joined(tasks.get(first), tasks.get(last));
                OptionalInt place = joined.isEmpty() ? OptionalInt.empty() : replace(first, last, joined.get());
                if (place.isPresent()) {
                    return place;
                }
            }
        }
        return OptionalInt.empty();
    }

    /// What the loops of a task run over.
    private Optional<Shape> shape(int task) {
        return shapes.computeIfAbsent(
                tasks.get(task), drafted -> drafted.draft().map(Draft::shape));
    }

    /// What two tasks are together, if that is worth it.
    private Optional<Drafted> joined(Drafted first, Drafted last) {
        Draft before = first.draft().orElseThrow();
        Draft after = last.draft().orElseThrow();
        if (before.sums() == 0 || after.sums() == 0) {
            return Optional.empty();
        }
        Draft together = before.with(after);
        if (!together.sumsAlike()
                || together.bytes() >= before.bytes() + after.bytes()
                || bodies.isTooLarge(together)) {
            return Optional.empty();
        }
        Task task = together.task(numbers);
        return runs.test(task.cluster()) ? Optional.of(new Drafted(task, Optional.of(together))) : Optional.empty();
    }

    /// Puts the joined task in the place of two and gives that place; nothing where the last waits for the first, by itself or
    /// through others.
    private OptionalInt replace(int first, int last, Drafted joined) {
        Set<Value> madeLater = new HashSet<>(tasks.get(first).task().writes());
        List<Drafted> sooner = new ArrayList<>();
        List<Drafted> later = new ArrayList<>();
        for (Drafted between : tasks.subList(first + 1, last)) {
            if (reads(between, madeLater)) {
                later.add(between);
                madeLater.addAll(between.task().writes());
            } else {
                sooner.add(between);
            }
        }
        if (reads(tasks.get(last), madeLater)) {
            return OptionalInt.empty();
        }
        List<Drafted> reordered = new ArrayList<>(tasks.subList(0, first));
        reordered.addAll(sooner);
        reordered.add(joined);
        reordered.addAll(later);
        reordered.addAll(tasks.subList(last + 1, tasks.size()));
        tasks = reordered;
        return OptionalInt.of(first + sooner.size());
    }

    private static boolean reads(Drafted task, Set<Value> values) {
        return task.task().reads().stream().map(Calls::producer).anyMatch(values::contains);
    }
}
