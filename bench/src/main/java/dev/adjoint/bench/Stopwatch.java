package dev.adjoint.bench;

import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import java.util.Arrays;
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
        double last = step.getAsDouble();
        long warm = System.nanoTime();
        int steps = 1;
        for (; millisecondsSince(warm) < 1e3 * warmSeconds; steps++) {
            last = step.getAsDouble();
        }
        int perBlock = (int) Math.max(1, blockSeconds * steps / Math.max(1e-9, warmSeconds));
        double[] ms = new double[blocks];
        for (int block = 0; block < blocks; block++) {
            long begin = System.nanoTime();
            for (int i = 0; i < perBlock; i++) {
                last = step.getAsDouble();
            }
            ms[block] = millisecondsSince(begin) / perBlock;
        }
        Arrays.sort(ms);
        return new Blocks(firstMs, ms, first, last);
    }

    private static double millisecondsSince(long start) {
        return (System.nanoTime() - start) * 1e-6;
    }
}
