package dev.adjoint.compile;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.InvalidArgument;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Gives every value a slot and finds out when each slot is no longer needed. A reshaped value shares its operand's slot.
record PlanMemory() {
    /// The plan of tasks that become one step each.
    ///
    /// @throws InvalidArgument if the graph needs an argument that is not among its inputs
    Plan apply(Tasks tasks) {
        return new Planning(tasks).plan();
    }

    private static final class Planning {
        private final Tasks tasks;
        private final Map<Value, Integer> slots = new HashMap<>();
        private final Map<Integer, Constant> constants = new HashMap<>();
        private final Map<Integer, Integer> lastReader = new HashMap<>();
        private int next;

        Planning(Tasks tasks) {
            this.tasks = tasks;
            tasks.graph().inputs().forEach(input -> slots.put(input, next++));
            for (int i = 0; i < tasks.list().size(); i++) {
                Task task = tasks.list().get(i);
                for (Value value : task.reads()) {
                    lastReader.put(slot(value), i);
                }
                task.writes().forEach(value -> slots.put(value, next++));
            }
        }

        /// The slot of something that is computed by now.
        private int slot(Value value) {
            Value producer = Calls.producer(value);
            return slots.computeIfAbsent(producer, this::constant);
        }

        private int constant(Value value) {
            if (value.op() instanceof Constant constant) {
                constants.put(next, constant);
                return next++;
            }
            throw new InvalidArgument("the graph depends on " + value
                    + ", an argument of a surrounding function; only whole functions can be compiled");
        }

        Plan plan() {
            Graph graph = tasks.graph();
            List<Integer> results = graph.outputs().stream().map(this::slot).toList();
            Set<Integer> permanent = new LinkedHashSet<>(results);
            permanent.addAll(constants.keySet());
            List<Step> steps = IntStream.range(0, tasks.list().size())
                    .mapToObj(i -> step(i, permanent))
                    .toList();
            return new Plan(graph.inputTypes(), constants, steps, results, graph.outputTypes(), next);
        }

        private Step step(int index, Set<Integer> permanent) {
            Task task = tasks.list().get(index);
            List<Integer> reads = task.reads().stream().map(this::slot).toList();
            List<Integer> writes = task.writes().stream().map(this::slot).toList();
            Set<Integer> frees = new LinkedHashSet<>();
            reads.stream()
                    .filter(slot -> lastReader.getOrDefault(slot, -1) == index)
                    .forEach(frees::add);
            writes.stream().filter(slot -> !lastReader.containsKey(slot)).forEach(frees::add);
            frees.removeAll(permanent);
            return new Step(task.cluster(), reads, writes, List.copyOf(frees));
        }
    }
}
