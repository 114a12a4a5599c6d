package dev.adjoint.jmh;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
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

/// Elementwise functions and reductions of 64 Ki float32 numbers in 64 rows, on one thread.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Passes {
    /// What is computed.
    public enum Formula {
        RELU(x -> x.mul(2).add(1).relu()),
        EXP(Tensor::exp),
        TANH(Tensor::tanh),
        SIGMOID(Tensor::sigmoid),
        GELU(Tensor::gelu),
        SUM(Tensor::sum),
        SUM_OF_ROWS(x -> x.sum(-1)),
        SUM_OF_COLUMNS(x -> x.sum(0)),
        SOFTMAX(x -> x.softmax(-1));

        private final UnaryOperator<Tensor> function;

        Formula(UnaryOperator<Tensor> function) {
            this.function = function;
        }
    }

    /// What is computed.
    @Param
    public Formula formula = Formula.RELU;

    @SuppressWarnings("NullAway.Init") // by compile
    private Kernel kernel;

    @Setup
    public void compile() {
        kernel = Kernel.of("jvm", x -> formula.function.apply(x.getFirst()), List.of(Kernel.normal(1, 64, 1024)));
    }

    @Benchmark
    public List<Array> pass() {
        return kernel.run();
    }
}
