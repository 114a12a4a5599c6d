package dev.adjoint.run;

import dev.adjoint.compile.Compile;
import dev.adjoint.compile.Plan;
import dev.adjoint.compile.Step;
import dev.adjoint.graph.Graph;
import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A graph compiled for its types: a plan and a kernel for each of its steps. Immutable; any number of threads may run it
/// at once.
public final class Executable {
    private final Plan plan;
    private final List<Kernel> kernels;

    private Executable(Plan plan, List<Kernel> kernels) {
        this.plan = plan;
        this.kernels = kernels;
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
        return results(run(arguments.stream().map(Tensor::elements).toArray(Elements[]::new)));
    }

    /// Runs the plan on bare elements of the right types.
    Elements[] run(Elements[] arguments) {
        Elements[] slots = new Elements[plan.slots()];
        System.arraycopy(arguments, 0, slots, 0, arguments.length);
        for (Map.Entry<Integer, Constant> constant : plan.constants().entrySet()) {
            slots[constant.getKey()] = constant.getValue().elements();
        }
        for (int i = 0; i < kernels.size(); i++) {
            run(plan.steps().get(i), kernels.get(i), slots);
        }
        return plan.results().stream().map(slot -> slots[slot]).toArray(Elements[]::new);
    }

    @SuppressWarnings("NullAway") // a freed slot is null, and the plan reads no freed slot
    private static void run(Step step, Kernel kernel, Elements[] slots) {
        Elements[] inputs = new Elements[step.reads().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = slots[step.reads().get(i)];
        }
        Elements[] outputs = new Elements[step.writes().size()];
        for (int i = 0; i < outputs.length; i++) {
            TensorType type = step.cluster().outputTypes().get(i);
            outputs[i] = Elements.allocate(type.dtype(), type.shape().count());
            slots[step.writes().get(i)] = outputs[i];
        }
        kernel.run(inputs, outputs);
        for (int slot : step.frees()) {
            slots[slot] = null;
        }
    }

    private List<Array> results(Elements[] elements) {
        List<Array> results = new ArrayList<>();
        for (int i = 0; i < elements.length; i++) {
            results.add(Array.of(plan.resultTypes().get(i), elements[i]));
        }
        return List.copyOf(results);
    }
}
