package dev.adjoint.run;

import dev.adjoint.compile.Buffers;
import dev.adjoint.compile.Compile;
import dev.adjoint.compile.Plan;
import dev.adjoint.compile.Step;
import dev.adjoint.graph.Graph;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A graph compiled for its types: a plan and a kernel for each of its steps. Immutable; any number of threads may run it
/// at once.
public final class Executable {
    private final Plan plan;
    private final List<Kernel> kernels;
    private final Buffers buffers;

    /// Memory of runs that have ended: as many as ever ran at once.
    private final Queue<Elements[]> idle = new ConcurrentLinkedQueue<>();

    private Executable(Plan plan, List<Kernel> kernels) {
        this.plan = plan;
        this.kernels = kernels;
        this.buffers = plan.buffers();
    }

    /// Compiles a graph for the installed kernels.
    public static Executable compile(Graph graph) {
        return compile(graph, Kernels.installed());
    }

    /// Compiles a graph for the given kernels.
    ///
    /// @throws InvalidArgument if the graph needs an argument that is not among its inputs
    public static Executable compile(Graph graph, Kernels kernels) {
        Plan plan = new Compile(kernels::runs).apply(graph);
        List<Kernel> chosen = plan.steps().stream()
                .map(step -> kernels.find(step.cluster()))
                .map(Optional::orElseThrow)
                .toList();
        return new Executable(plan, chosen);
    }

    /// The plan, for pictures and reports.
    public Plan plan() {
        return plan;
    }

    /// Runs the plan.
    ///
    /// @throws InvalidArgument if the arguments are not of the types that the graph was compiled for
    public List<Array> run(List<? extends Tensor> arguments) {
        List<TensorType> given = arguments.stream().map(Tensor::type).toList();
        if (!given.equals(plan.arguments())) {
            throw new InvalidArgument("compiled for " + plan.arguments() + ", not for " + given);
        }
        Elements[] results = plan.resultTypes().stream()
                .map(type -> Elements.allocate(type.dtype(), type.shape().count()))
                .toArray(Elements[]::new);
        run(arguments.stream().map(Tensor::elements).toArray(Elements[]::new), results);
        return results(results);
    }

    /// Runs the plan on bare elements of the right types. Results that are computed are written to the given elements, which
    /// must not be arguments; a result that is an argument, a constant or another result takes their place.
    void run(Elements[] arguments, Elements[] results) {
        Elements[] polled = idle.poll();
        Elements[] memory = polled == null ? new Elements[buffers.types().size()] : polled;
        Elements[] slots = new Elements[plan.slots()];
        System.arraycopy(arguments, 0, slots, 0, arguments.length);
        plan.constants().forEach((slot, constant) -> slots[slot] = constant.elements());
        try {
            for (int i = 0; i < kernels.size(); i++) {
                Step step = plan.steps().get(i);
                prepare(step, slots, memory, results);
                run(step, kernels.get(i), slots);
            }
        } finally {
            idle.add(memory);
        }
        for (int i = 0; i < results.length; i++) {
            results[i] = slots[plan.results().get(i)];
        }
    }

    /// Gives every output of a step its memory.
    private void prepare(Step step, Elements[] slots, Elements[] memory, Elements[] results) {
        for (int i = 0; i < step.writes().size(); i++) {
            int slot = step.writes().get(i);
            Integer buffer = buffers.ofSlot().get(slot);
            if (buffer == null) {
                slots[slot] = results[plan.results().indexOf(slot)];
            } else {
                Elements held = memory[buffer];
                if (held == null) {
                    Buffers.Buffer type = buffers.types().get(buffer);
                    held = Elements.allocate(type.dtype(), type.count());
                    memory[buffer] = held;
                }
                slots[slot] = held;
            }
        }
    }

    private static void run(Step step, Kernel kernel, Elements[] slots) {
        Elements[] inputs = new Elements[step.reads().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = slots[step.reads().get(i)];
        }
        Elements[] outputs = new Elements[step.writes().size()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = slots[step.writes().get(i)];
            if (!kernel.overwrites()) {
                outputs[i].clear();
            }
        }
        kernel.run(inputs, outputs);
    }

    private List<Array> results(Elements[] elements) {
        List<Array> results = new ArrayList<>();
        for (int i = 0; i < elements.length; i++) {
            results.add(Array.of(plan.resultTypes().get(i), elements[i]));
        }
        return List.copyOf(results);
    }
}
