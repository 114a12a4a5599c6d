package dev.adjoint.run;

import dev.adjoint.compile.Buffers;
import dev.adjoint.compile.Plan;
import dev.adjoint.compile.Step;
import dev.adjoint.tensor.Elements;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The memory of one run of a plan at a time: the intermediate values, and for each step the lists of what it reads and
/// writes. After the first run, nothing is allocated any more.
final class Workspace {
    private final int arguments;
    private final int[] results;
    private final Elements[] argumentList;
    private final Elements[] resultList;

    /// The results that are computed, one for each of their slots.
    private final int[] computed;

    private final Elements[] slots;
    private final Elements[] fixed;
    private final Running[] steps;

    /// A step as it runs.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Running(Work work, Ports inputs, Ports outputs) {
        private record Work(Kernel.InRow inRow, boolean clears) {}

        static Running of(Step step, Kernel kernel, IntPredicate isConstant, Elements[] fixed) {
            int[] reads = ints(step.reads());
            Set<Integer> constant = IntStream.range(0, reads.length)
                    .filter(i -> isConstant.test(reads[i]))
                    .boxed()
                    .collect(Collectors.toSet());
            return new Running(
                    new Work(kernel.inRow(constant), !kernel.overwrites()),
                    Ports.of(reads, fixed),
                    Ports.of(ints(step.writes()), fixed));
        }

        private void run(Elements[] slots, Kernel.Turn turn) {
            inputs.plug(slots);
            outputs.plug(slots);
            if (work.clears) {
                for (Elements output : outputs.elements) {
                    output.clear();
                }
            }
            work.inRow.run(inputs.elements, outputs.elements, turn);
        }
    }

    /// What a step reads or writes.
    ///
    /// @param elements in the order of the kernel; what stays from run to run always stands there
    /// @param changing which of them change
    /// @param slots where those stand
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Ports(Elements[] elements, int[] changing, int[] slots) {
        static Ports of(int[] slots, Elements[] fixed) {
            Elements[] elements =
                    Arrays.stream(slots).mapToObj(slot -> fixed[slot]).toArray(Elements[]::new);
            int[] changing = IntStream.range(0, slots.length)
                    .filter(i -> fixed[slots[i]] == null)
                    .toArray();
            return new Ports(
                    elements,
                    changing,
                    Arrays.stream(changing).map(i -> slots[i]).toArray());
        }

        void plug(Elements[] from) {
            for (int i = 0; i < changing.length; i++) {
                elements[changing[i]] = from[slots[i]];
            }
        }

        /// Lets go of what changes.
        void unplug() {
            for (int port : changing) {
                Arrays.fill(elements, port, port + 1, null);
            }
        }
    }

    /// @param changing how many of the arguments may change between the runs of a row; those behind them stay the same
    Workspace(Plan plan, List<Kernel> kernels, int changing) {
        arguments = plan.arguments().size();
        results = ints(plan.results());
        argumentList = new Elements[arguments];
        resultList = new Elements[results.length];
        fixed = fixed(plan, kernels);
        slots = fixed.clone();
        computed = IntStream.range(0, results.length)
                .filter(i -> results[i] >= arguments
                        && !plan.constants().containsKey(results[i])
                        && plan.results().indexOf(results[i]) == i)
                .toArray();
        steps = IntStream.range(0, kernels.size())
                .mapToObj(i -> Running.of(
                        plan.steps().get(i), kernels.get(i), slot -> slot >= changing && slot < arguments, fixed))
                .toArray(Running[]::new);
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

    /// A list for the arguments of a run, to fill and to clear.
    Elements[] arguments() {
        return argumentList;
    }

    /// A list for the results of a run, to fill and to clear.
    Elements[] results() {
        return resultList;
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Runs all steps. Results are written to the given elements; a result that is an argument, a constant or another result
    /// takes their place.
    void run(Elements[] given, Elements[] found, Kernel.Turn turn) {
        plug(given, found);
        try {
            for (Running step : steps) {
                step.run(slots, turn);
            }
            results(found);
        } finally {
            forget();
        }
    }

    /// Runs all steps and adds to each figure the nanoseconds that its step took.
    void time(Elements[] given, Elements[] found, long[] nanoseconds) {
        plug(given, found);
        try {
            for (int i = 0; i < steps.length; i++) {
                long start = System.nanoTime();
                steps[i].run(slots, Kernel.Turn.FIRST);
                nanoseconds[i] += System.nanoTime() - start;
            }
            results(found);
        } finally {
            forget();
        }
    }

    private void plug(Elements[] given, Elements[] found) {
        System.arraycopy(given, 0, slots, 0, arguments);
        for (int i : computed) {
            slots[results[i]] = found[i];
        }
    }

    private void results(Elements[] found) {
        for (int i = 0; i < found.length; i++) {
            found[i] = slots[results[i]];
        }
    }

    /// Lets go of what belongs to the caller.
    private void forget() {
        System.arraycopy(fixed, 0, slots, 0, slots.length);
        for (Running step : steps) {
            step.inputs.unplug();
            step.outputs.unplug();
        }
    }
}
