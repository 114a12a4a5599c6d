package dev.adjoint.run;

import dev.adjoint.compile.Buffers;
import dev.adjoint.compile.Plan;
import dev.adjoint.compile.Step;
import dev.adjoint.tensor.Elements;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The memory of one run of a plan at a time: the intermediate values, and for each step the lists of what it reads and
/// writes. After the first run, nothing is allocated any more.
final class Workspace {
    private final int arguments;
    private final int[] results;

    /// The results that are computed, one for each of their slots.
    private final int[] computed;

    private final Elements[] slots;
    private final Elements[] fixed;
    private final List<Running> steps;

    /// A step as it runs.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Running(Work work, int[] reads, int[] writes, Elements[] inputs, Elements[] outputs) {
        private record Work(Kernel kernel, Kernel.InRow inRow) {}

        static Running of(Step step, Kernel kernel, IntPredicate isConstant) {
            int[] reads = ints(step.reads());
            int[] writes = ints(step.writes());
            Set<Integer> constant = IntStream.range(0, reads.length)
                    .filter(i -> isConstant.test(reads[i]))
                    .boxed()
                    .collect(Collectors.toSet());
            Work work = new Work(kernel, kernel.inRow(constant));
            return new Running(work, reads, writes, new Elements[reads.length], new Elements[writes.length]);
        }

        private void run(Elements[] slots, Kernel.Turn turn) {
            for (int i = 0; i < reads.length; i++) {
                inputs[i] = slots[reads[i]];
            }
            for (int i = 0; i < writes.length; i++) {
                outputs[i] = slots[writes[i]];
                if (!work.kernel.overwrites()) {
                    outputs[i].clear();
                }
            }
            work.inRow.run(inputs, outputs, turn);
        }
    }

    /// @param changing how many of the arguments may change between the runs of a row; those behind them stay the same
    Workspace(Plan plan, List<Kernel> kernels, int changing) {
        arguments = plan.arguments().size();
        results = ints(plan.results());
        fixed = fixed(plan, kernels);
        slots = fixed.clone();
        computed = IntStream.range(0, results.length)
                .filter(i -> results[i] >= arguments
                        && !plan.constants().containsKey(results[i])
                        && plan.results().indexOf(results[i]) == i)
                .toArray();
        steps = IntStream.range(0, kernels.size())
                .mapToObj(i ->
                        Running.of(plan.steps().get(i), kernels.get(i), slot -> slot >= changing && slot < arguments))
                .toList();
    }

    /// The slots that hold the same memory in every run: constants and intermediate values.
    private static Elements[] fixed(Plan plan, List<Kernel> kernels) {
        Elements[] slots = new Elements[plan.slots()];
        plan.constants().forEach((slot, constant) -> slots[slot] = constant.elements());
        Buffers buffers = buffers(plan, kernels);
        Elements[] memory = buffers.types().stream()
                .map(type -> Elements.allocate(type.dtype(), type.count()))
                .toArray(Elements[]::new);
        for (Step step : plan.steps()) {
            for (int i = 0; i < step.writes().size(); i++) {
                int slot = step.writes().get(i);
                Integer buffer = buffers.ofSlot().get(slot);
                if (buffer != null) {
                    long count = step.cluster().outputTypes().get(i).shape().count();
                    slots[slot] = memory[buffer].first(count);
                }
            }
        }
        return slots;
    }

    /// The buffers of a plan that some kernels run: they write over what nobody reads any more where they can.
    static Buffers buffers(Plan plan, List<Kernel> kernels) {
        return Buffers.of(
                plan, (step, slot, output) -> mayOverwrite(plan.steps().get(step), kernels.get(step), slot, output));
    }

    /// Whether a step's output may stand in the memory of a slot, which the step may read in several shapes.
    static boolean mayOverwrite(Step step, Kernel kernel, int slot, int output) {
        return IntStream.range(0, step.reads().size())
                .filter(input -> step.reads().get(input) == slot)
                .allMatch(input -> kernel.mayOverwrite(input, output));
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Runs all steps. Results are written to the given elements; a result that is an argument, a constant or another result
    /// takes their place.
    void run(Elements[] given, Elements[] found, Kernel.Turn turn) {
        run(given, found, (step, _) -> step.run(slots, turn));
    }

    /// Runs all steps and adds to each figure the nanoseconds that its step took.
    void time(Elements[] given, Elements[] found, long[] nanoseconds) {
        run(given, found, (step, index) -> {
            long start = System.nanoTime();
            step.run(slots, Kernel.Turn.FIRST);
            nanoseconds[index] += System.nanoTime() - start;
        });
    }

    private void run(Elements[] given, Elements[] found, ObjIntConsumer<Running> action) {
        System.arraycopy(given, 0, slots, 0, arguments);
        for (int i : computed) {
            slots[results[i]] = found[i];
        }
        try {
            for (int i = 0; i < steps.size(); i++) {
                action.accept(steps.get(i), i);
            }
            for (int i = 0; i < found.length; i++) {
                found[i] = slots[results[i]];
            }
        } finally {
            forget();
        }
    }

    /// Lets go of what belongs to the caller.
    private void forget() {
        System.arraycopy(fixed, 0, slots, 0, slots.length);
        for (Running step : steps) {
            Arrays.fill(step.inputs, null);
            Arrays.fill(step.outputs, null);
        }
    }
}
