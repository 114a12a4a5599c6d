package dev.adjoint.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.graph.Trace;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Transformations;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The library's primitives, their memory and their scratch belong to one run at a time.
class TwoRunsTest {
    private static final int RUNS = 40;

    private static Array normal(long seed, long... dims) {
        return Array.of(Array.key(Key.of(seed)).normal(TensorType.of(DType.F32, dims)));
    }

    private static Tensor loss(Tensor kernel) {
        Tensor seen =
                normal(1, 16, 3, 16, 16).apply(new Convolution(Window.dense(2).padding(1), 1), kernel);
        Tensor rows = seen.relu().reshape(16, -1);
        return rows.matmul(rows.mT()).tanh().sum();
    }

    private static Executable gradient() {
        return Executable.compile(Trace.of((Tensor) normal(2, 8, 3, 3, 3), Transformations.grad(TwoRunsTest::loss))
                .graph());
    }

    private static void hasOneResult(Executable executable, Array kernel) {
        List<Array> first = executable.run(List.of(kernel));
        for (int run = 0; run < RUNS; run++) {
            assertThat(executable.run(List.of(kernel))).isEqualTo(first);
        }
    }

    @Test
    void runsOfOneAndOfTwoExecutablesDoNotMeet() {
        Executable shared = gradient();
        List<Executable> executables = List.of(shared, shared, gradient(), gradient());
        Stream<CompletableFuture<Void>> runs = IntStream.range(0, executables.size())
                .mapToObj(i ->
                        CompletableFuture.runAsync(() -> hasOneResult(executables.get(i), normal(5 + i, 8, 3, 3, 3))));
        CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new)).join();
        assertThat(shared.run(List.of(normal(5, 8, 3, 3, 3))))
                .isEqualTo(gradient().run(List.of(normal(5, 8, 3, 3, 3))));
    }
}
