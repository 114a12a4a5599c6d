package dev.adjoint.run;

import dev.adjoint.compile.Buffers;
import dev.adjoint.compile.Compile;
import dev.adjoint.compile.MemoryLimit;
import dev.adjoint.compile.Plan;
import dev.adjoint.compile.Step;
import dev.adjoint.graph.Graph;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A graph compiled for its types: a plan and a kernel for each of its steps. Immutable; any number of threads may run it
/// at once.
public final class Executable {
    private static final int NONE = -1;

    private final Plan plan;
    private final List<Kernel> kernels;
    private final TensorType[] arguments;
    private final TensorType[] results;

    /// For every result the donated argument in whose memory it may stand, or −1.
    private final int[] heirs;

    /// Memory of runs that have ended.
    private final Pool<Workspace> idle;

    private final Donation donation;

    private Executable(Plan plan, List<Kernel> kernels, Donation donation) {
        this.plan = plan;
        this.kernels = kernels;
        this.donation = donation;
        this.arguments = plan.arguments().toArray(TensorType[]::new);
        this.results = plan.resultTypes().toArray(TensorType[]::new);
        this.heirs = heirs();
        this.idle = new Pool<>(() -> inRow(arguments.length));
    }

    /// Compiles a graph for the installed kernels.
    public static Executable compile(Graph graph) {
        return compile(graph, Kernels.installed());
    }

    /// Compiles a graph for the given kernels.
    ///
    /// @throws InvalidArgument if the graph needs an argument that is not among its inputs, or has a value with more elements
    ///     than a Java array
    public static Executable compile(Graph graph, Kernels kernels) {
        Plan plan = new Compile(kernels::runs).apply(graph);
        plan.steps().forEach(step -> step.cluster().checkStorage());
        List<Kernel> chosen = plan.steps().stream()
                .map(step -> kernels.find(step.cluster()))
                .map(Optional::orElseThrow)
                .toList();
        return new Executable(plan, chosen, Donation.NONE);
    }

    /// This executable with arguments that cannot be used any more after a run: results stand in their memory.
    public Executable donating(Donation donated) {
        return new Executable(plan, kernels, donated);
    }

    /// The plan, for pictures and reports.
    public Plan plan() {
        return plan;
    }

    /// The memory of the intermediate values of one run at a time.
    public Buffers buffers() {
        return Workspace.buffers(plan, kernels);
    }

    /// Runs the plan.
    ///
    /// @throws InvalidArgument if the arguments are not of the types that the graph was compiled for, or the plan takes more
    ///     memory than there is
    public List<Array> run(List<? extends Tensor> arguments) {
        Tensor[] given = arguments.toArray(Tensor[]::new);
        check(given);
        return List.of(compute(given));
    }

    /// Runs the plan on arguments of the right types.
    ///
    /// @throws InvalidArgument if the plan takes more memory than there is
    Array[] compute(Tensor[] tensors) {
        Workspace memory =
                idle.borrow(); // before any argument is taken or made: a plan that does not fit changes nothing
        Elements[] given = memory.arguments();
        Elements[] found = memory.results();
        try {
            for (int i = 0; i < given.length; i++) {
                given[i] = tensors[i].elements();
            }
            donation.take(given);
            for (int i = 0; i < found.length; i++) {
                boolean inherits = heirs[i] != NONE && Donation.isAlone(given, heirs[i]);
                found[i] = inherits ? given[heirs[i]] : allocate(results[i]);
            }
            memory.run(given, found, Kernel.Turn.FIRST);
            Array[] arrays = new Array[found.length];
            for (int i = 0; i < found.length; i++) {
                arrays[i] = Array.of(results[i], found[i]);
            }
            return arrays;
        } finally {
            Arrays.fill(given, null);
            Arrays.fill(found, null);
            idle.giveBack(memory);
        }
    }

    private void check(Tensor[] given) {
        boolean fits = given.length == arguments.length;
        for (int i = 0; fits && i < given.length; i++) {
            fits = given[i].type().equals(arguments[i]);
        }
        if (!fits) {
            throw new InvalidArgument("compiled for " + plan.arguments() + ", not for "
                    + Arrays.stream(given).map(Tensor::type).toList());
        }
    }

    private static Elements allocate(TensorType type) {
        return Elements.allocate(type.dtype(), type.shape().count());
    }

    /// Runs the plan on bare elements of the right types. Results that are computed are written to the given elements, which
    /// must not be arguments unless a kernel may overwrite them; a result that is an argument, a constant or another result
    /// takes their place.
    void run(Elements[] arguments, Elements[] results) {
        Workspace memory = idle.borrow();
        try {
            memory.run(arguments, results, Kernel.Turn.FIRST);
        } finally {
            idle.giveBack(memory);
        }
    }

    /// Memory for runs in a row, in which all but the first arguments stay the same.
    Workspace inRow(int changing) {
        MemoryLimit.ofThisMachine().check(plan);
        return new Workspace(plan, kernels, changing);
    }

    /// Runs the plan some times and says how many nanoseconds each of its steps took on average.
    ///
    /// @throws InvalidArgument if the arguments are not of the types that the graph was compiled for
    public List<Long> time(List<? extends Tensor> arguments, int runs) {
        check(arguments.toArray(Tensor[]::new));
        Elements[] given = arguments.stream().map(Tensor::elements).toArray(Elements[]::new);
        long[] nanoseconds = new long[kernels.size()];
        Workspace memory = idle.borrow();
        try {
            for (int i = 0; i < runs; i++) {
                Elements[] results =
                        plan.resultTypes().stream().map(Executable::allocate).toArray(Elements[]::new);
                memory.time(given, results, nanoseconds);
            }
        } finally {
            idle.giveBack(memory);
        }
        return Arrays.stream(nanoseconds).mapToObj(total -> total / runs).toList();
    }

    /// A result may stand in the memory of a donated argument that its step is the last to read, if the kernel can do that.
    private int[] heirs() {
        int[] heirs = new int[plan.results().size()];
        Arrays.fill(heirs, NONE);
        for (int s = 0; s < kernels.size(); s++) {
            Step step = plan.steps().get(s);
            for (int output = 0; output < step.writes().size(); output++) {
                int result = plan.results().indexOf(step.writes().get(output));
                if (result != NONE) {
                    heirs[result] = heir(step, kernels.get(s), output, heirs);
                }
            }
        }
        return heirs;
    }

    private int heir(Step step, Kernel kernel, int output, int[] taken) {
        TensorType type = step.cluster().outputTypes().get(output);
        for (int input = 0; input < step.reads().size(); input++) {
            int slot = step.reads().get(input);
            if (donation.arguments().contains(slot)
                    && step.frees().contains(slot)
                    && isAlike(plan.arguments().get(slot), type)
                    && Workspace.mayOverwrite(step, kernel, slot, output)
                    && Arrays.stream(taken).noneMatch(t -> t == slot)) {
                return slot;
            }
        }
        return NONE;
    }

    private static boolean isAlike(TensorType argument, TensorType result) {
        return argument.dtype() == result.dtype()
                && argument.shape().count() == result.shape().count();
    }
}
