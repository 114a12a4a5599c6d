package dev.adjoint.bench;

import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;

/// How long steps are measured.
///
/// @param warmSeconds how long steps run before the measurement, so that the JVM has compiled what is hot
/// @param blocks how many blocks of steps are timed
/// @param blockSeconds about how long a block takes; it has at least one step
public record Stopwatch(double warmSeconds, int blocks, double blockSeconds) {
    /// Two seconds of warm-up and fifteen blocks of a fifth of a second.
    public static Stopwatch usual() {
        return new Stopwatch(2, 15, 0.2);
    }

    /// A few steps alone, for tests.
    public static Stopwatch brief() {
        return new Stopwatch(0, 3, 0);
    }

    /// Half a second of warm-up and nine blocks of a twentieth of a second, for single kernels.
    public static Stopwatch quick() {
        return new Stopwatch(0.5, 9, 0.05);
    }

    /// Does some work again and again until the warm-up is over.
    ///
    /// @return how many times a block does it, at least 1
    int warm(Runnable work) {
        long start = System.nanoTime();
        int steps = 0;
        do {
            work.run();
            steps++;
        } while (millisecondsSince(start) < 1e3 * warmSeconds);
        return (int) Math.max(1, blockSeconds * steps / Math.max(1e-9, warmSeconds));
    }

    /// The median nanoseconds of some work.
    double nanoseconds(Runnable work) {
        Blocks timed = time(() -> {
            work.run();
            return 0;
        });
        return 1e6 * timed.ms[blocks / 2];
    }

    /// The median nanoseconds of the kernels of an executable, without what lies around them.
    double nanoseconds(Executable executable, List<? extends Tensor> arguments) {
        int runs = warm(() -> sum(executable.time(arguments, 1)));
        double[] figures = new double[blocks];
        for (int block = 0; block < blocks; block++) {
            figures[block] = sum(executable.time(arguments, runs));
        }
        Arrays.sort(figures);
        return figures[blocks / 2];
    }

    private static double sum(List<Long> times) {
        return times.stream().mapToLong(Long::longValue).sum();
    }

    /// Measures the training step of a workload.
    public Measurement measure(Workload workload, Kernels kernels) {
        Training<?, ?> training = workload.training(kernels);
        Blocks blocks = time(training::step);
        Executable step = training.executable();
        return new Measurement(
                workload.label(),
                kernels.workers().threads(),
                kernels.providers().getFirst().name(),
                blocks.firstMs,
                blocks.ms[this.blocks / 2],
                blocks.ms[0],
                blocks.ms[this.blocks - 1],
                blocks.first,
                blocks.last,
                step.plan().peakBytes(),
                training.prediction().plan().peakBytes());
    }

    /// Sorted milliseconds per step of each block, and what the first and last step returned.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Blocks(double firstMs, double[] ms, double first, double last) {}

    private Blocks time(DoubleSupplier step) {
        long start = System.nanoTime();
        double first = step.getAsDouble();
        double firstMs = millisecondsSince(start);
        double[] last = {first};
        int perBlock = warm(() -> last[0] = step.getAsDouble());
        double[] ms = new double[blocks];
        for (int block = 0; block < blocks; block++) {
            long begin = System.nanoTime();
            for (int i = 0; i < perBlock; i++) {
                last[0] = step.getAsDouble();
            }
            ms[block] = millisecondsSince(begin) / perBlock;
        }
        Arrays.sort(ms);
        return new Blocks(firstMs, ms, first, last[0]);
    }

    private static double millisecondsSince(long start) {
        return (System.nanoTime() - start) * 1e-6;
    }
}
