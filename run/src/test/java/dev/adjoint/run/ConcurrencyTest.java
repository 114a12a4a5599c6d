package dev.adjoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Trace;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.source.RandomNormal;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Several runs at once, and runs in which a thread fails.
class ConcurrencyTest {
    private static final int THREADS = 4;
    private static final int RUNS = 30;

    private static Array normal(long seed, long... dims) {
        return Array.of(Array.key(Key.of(seed)).apply(new RandomNormal(TensorType.of(DType.F32, dims))));
    }

    private static Executable compiled(Tensor like, Function<Tensor, Tensor> f) {
        return Executable.compile(Trace.of(like, f).graph());
    }

    /// Large enough that kernels hand parts to other threads.
    private static Tensor images(Tensor x) {
        Tensor seen = x.apply(new Convolution(Window.dense(2).padding(1), 1), normal(1, 8, 3, 3, 3))
                .relu();
        Tensor rows = seen.reshape(8, -1);
        return rows.matmul(rows.mT()).softmax(-1).sum(0);
    }

    private static void runsAtOnce(List<Executable> executables) throws Exception {
        List<Array> arguments = new ArrayList<>();
        List<List<Array>> wanted = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            arguments.add(normal(10 + i, 8, 3, 32, 32));
            wanted.add(executables.get(i).run(List.of(arguments.get(i))));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int own = i;
                ends.add(threads.submit(() -> {
                    for (int run = 0; run < RUNS; run++) {
                        assertThat(executables.get(own).run(List.of(arguments.get(own))))
                                .isEqualTo(wanted.get(own));
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
    }

    @Test
    void oneExecutableRunsOnSeveralThreadsAtOnce() throws Exception {
        Executable one = compiled(normal(2, 8, 3, 32, 32), ConcurrencyTest::images);
        runsAtOnce(List.of(one, one, one, one));
    }

    @Test
    void differentExecutablesRunAtOnce() throws Exception {
        Tensor like = normal(2, 8, 3, 32, 32);
        runsAtOnce(List.of(
                compiled(like, ConcurrencyTest::images),
                compiled(like, x -> images(x.mul(2))),
                compiled(like, x -> x.exp().sum(1)),
                compiled(like, x -> images(x).add(1))));
    }

    /// Matrix products that fail on one of their threads.
    private record Failing(AtomicBoolean now) implements KernelProvider {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public int priority() {
            return 1000;
        }

        @Override
        public Optional<Kernel> kernel(Cluster cluster, Workers workers) {
            return cluster.isSingle() && cluster.op() instanceof MatMul
                    ? Optional.of((_, outputs) -> workers.run(8, part -> {
                        if (part == 5 && now.get()) {
                            throw new IllegalStateException("part 5 of a product");
                        }
                        outputs[0].floats()[part] = part;
                    }))
                    : Optional.empty();
        }
    }

    @Test
    void anExceptionOfAWorkerEndsTheRunAndTheNextRunIsWhole() {
        AtomicBoolean now = new AtomicBoolean(true);
        Kernels kernels = new Kernels(List.of(new Failing(now), new ReferenceKernels()), Workers.all());
        Array x = normal(3, 4, 4);
        Executable executable =
                Executable.compile(Trace.of(x, (Tensor y) -> y.matmul(y).add(1)).graph(), kernels);
        assertThatThrownBy(() -> executable.run(List.of(x)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("part 5 of a product");
        now.set(false);
        assertThat(executable.run(List.of(x)).getFirst().toFloats()).startsWith(1, 2, 3, 4, 5, 6, 7, 8);
    }
}
