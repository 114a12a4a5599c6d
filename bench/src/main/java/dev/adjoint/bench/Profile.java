package dev.adjoint.bench;

import dev.adjoint.compile.Plan;
import dev.adjoint.compile.Work;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The kernels of a compiled training step in the order in which they run, with what each took.
///
/// @param workload the name of the workload
/// @param kernels a cost for each
/// @param arenaBytes the memory of the intermediate values
/// @param peakBytes the most memory that the step holds at once, its state and its batch included
public record Profile(String workload, List<KernelCost> kernels, long arenaBytes, long peakBytes) {
    private static final int LEAST = 3;
    private static final int MOST = 1000;

    public Profile {
        kernels = List.copyOf(kernels);
    }

    /// Compiles the training step of a workload and times its kernels after some steps to warm up.
    public static Profile of(Workload workload, Kernels kernels, Stopwatch watch) {
        Training<?, ?> training = workload.training(kernels);
        int runs = Math.max(LEAST, watch.warm(training::step) * watch.blocks());
        Executable step = training.executable();
        List<Long> times = medians(training, Math.min(MOST, runs));
        Plan plan = step.plan();
        List<KernelCost> costs = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            var cluster = plan.steps().get(i).cluster();
            String results =
                    cluster.outputTypes().stream().map(Object::toString).collect(Collectors.joining(" "));
            costs.add(new KernelCost(cluster.toString(), results, times.get(i), Work.of(cluster)));
        }
        return new Profile(workload.label(), costs, plan.buffers().bytes(), plan.peakBytes());
    }

    /// Medians, kernel by kernel: now and then a run is held up by other work on the machine.
    private static List<Long> medians(Training<?, ?> training, int runs) {
        List<List<Long>> times = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            times.add(training.time(1));
        }
        return IntStream.range(0, times.getFirst().size())
                .mapToObj(kernel -> times.stream()
                        .map(run -> run.get(kernel))
                        .sorted()
                        .skip(runs / 2)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    /// The nanoseconds of all kernels.
    public long nanoseconds() {
        return kernels.stream().mapToLong(KernelCost::nanoseconds).sum();
    }

    /// The work of all kernels.
    public Work work() {
        return kernels.stream().map(KernelCost::work).reduce(new Work(0, 0), Work::plus);
    }
}
