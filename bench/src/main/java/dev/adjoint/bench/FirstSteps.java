package dev.adjoint.bench;

import com.sun.management.ThreadMXBean;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The main class of a process that does a few training steps and says what they took: lines of a name and a number.
///
/// Arguments: the name of a [Trained], the number of threads, the number of steps. Without steps the phases of the first one
/// are timed: `trace`, `compile`, `run`, in nanoseconds. With steps their memory is looked at, in bytes: `allocated` on the
/// heap by a step of the second half; `resident` growth of the process during the second half; `peak` growth of the process
/// since before the model was made, when the libraries were loaded; `live` on the heap in the end, `plan` and `buffers` as
/// planned. What the system does not tell is −1.
public final class FirstSteps {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long UNKNOWN = -1;

    private FirstSteps() {}

    /// Does the steps.
    ///
    /// @param arguments workload, threads, steps
    public static void main(String[] arguments) {
        Kernels kernels = Kernels.installed(Workers.of(Integer.parseInt(arguments[1])));
        Trained workload = Trained.named(arguments[0]).orElseThrow();
        int steps = Integer.parseInt(arguments[2]);
        Map<String, Long> figures = steps == 0 ? phases(workload, kernels) : memory(workload, kernels, steps);
        figures.forEach((name, figure) -> System.out.println(name + " " + figure));
    }

    /// Does the steps in a process of their own.
    ///
    /// @param options further options for Java
    /// @return the figures by their names
    public static Map<String, Long> apart(Trained workload, Kernels kernels, int steps, List<String> options) {
        List<String> arguments =
                List.of(workload.label(), Integer.toString(kernels.workers().threads()), Integer.toString(steps));
        return new FreshProcess(FirstSteps.class, options)
                .run(arguments)
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 2 && words[1].matches("-?\\d+"))
                .collect(Collectors.toMap(words -> words[0], words -> Long.parseLong(words[1])));
    }

    private static Map<String, Long> phases(Trained workload, Kernels kernels) {
        Training.Phases phases = workload.training(kernels).phases();
        return Map.of("trace", phases.trace(), "compile", phases.compile(), "run", phases.run());
    }

    /// A product is computed before memory is counted: it loads the libraries, which are files in memory. The peers' harness
    /// does the same.
    private static Map<String, Long> memory(Trained workload, Kernels kernels, int steps) {
        Tensor ones = Array.zeros(DType.F32, 64, 64).add(1);
        Compiled.of((Tensor x) -> x.matmul(x), kernels).apply(ones);
        long before = status("VmRSS:");
        Training<?, ?> training = workload.training(kernels);
        for (int i = 0; i < steps / 2; i++) {
            training.step();
        }
        long resident = status("VmRSS:");
        long allocated = allocated();
        for (int i = 0; i < steps - steps / 2; i++) {
            training.step();
        }
        allocated = (allocated() - allocated) / Math.max(1, steps - steps / 2);
        resident = status("VmRSS:") - resident;
        long peak = before == UNKNOWN ? UNKNOWN : status("VmHWM:") - before;
        System.gc(); // the live bytes are asked for, not the speed
        Runtime heap = Runtime.getRuntime();
        long live = heap.totalMemory() - heap.freeMemory();
        training.step(); // so that the state is still needed when the heap is looked at
        return Map.of(
                "allocated",
                allocated,
                "resident",
                resident,
                "peak",
                peak,
                "live",
                live,
                "plan",
                training.executable().plan().peakBytes(),
                "buffers",
                training.executable().buffers().bytes());
    }

    /// The bytes that all threads have allocated on the heap so far.
    private static long allocated() {
        return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getTotalThreadAllocatedBytes();
    }

    /// A size that Linux states for this process, in bytes; UNKNOWN elsewhere.
    private static long status(String name) {
        if (!Files.isReadable(STATUS)) {
            return UNKNOWN;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
