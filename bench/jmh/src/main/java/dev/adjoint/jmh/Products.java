package dev.adjoint.jmh;

import dev.adjoint.run.Array;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Products of square float32 matrices on one thread.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Products {
    /// Rows and columns.
    @Param({"16", "64", "256", "1024"})
    public int size;

    /// Whose kernels.
    @Param({"onednn", "jvm"})
    public String provider = "";

    @SuppressWarnings("NullAway.Init") // by compile
    private Kernel kernel;

    @Setup
    public void compile() {
        kernel = Kernel.of(
                provider,
                x -> x.get(0).matmul(x.get(1)),
                List.of(Kernel.normal(1, size, size), Kernel.normal(2, size, size)));
    }

    @Benchmark
    public List<Array> product() {
        return kernel.run();
    }
}
