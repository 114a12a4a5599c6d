package dev.adjoint.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RematerialiseTest {
    private record Pair(Tensor x, Tensor y) {}

    private static Array random(long seed, long... dims) {
        TensorType type = TensorType.of(DType.F32, dims);
        Elements elements = Elements.allocate(DType.F32, type.shape().count());
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, 2 * Key.of(seed).uniform(i) - 0.9);
        }
        return Array.of(type, elements);
    }

    /// The steps, and that their results are the reference's but for rounding, and the same bits on any number of threads.
    private static List<String> steps(Function<Pair, ?> f, long... dims) {
        Pair arguments = new Pair(random(1, dims), random(2, dims));
        Graph graph = Trace.of(arguments, f).graph();
        List<Array> given = List.of((Array) arguments.x, (Array) arguments.y);
        Executable fused = Executable.compile(graph, Kernels.installed(Workers.of(1)));
        List<Array> results = fused.run(given);
        List<Array> reference = Executable.compile(graph, Kernels.reference()).run(given);
        for (int i = 0; i < results.size(); i++) {
            double[] found = results.get(i).toDoubles();
            double[] wanted = reference.get(i).toDoubles();
            double largest = 1e-30;
            for (double number : wanted) {
                largest = Math.max(largest, Math.abs(number));
            }
            for (int j = 0; j < found.length; j++) {
                assertThat(Math.abs(found[j] - wanted[j])).isLessThanOrEqualTo(1e-6 * largest);
            }
        }
        assertThat(Executable.compile(graph).run(given)).isEqualTo(results);
        assertThat(fused.run(given)).isEqualTo(results);
        return fused.plan().steps().stream()
                .map(step -> step.cluster().toString())
                .toList();
    }

    @Test
    void termsAreNotStored() {
        assertThat(steps(p -> p.x.mul(p.y).sum(), 40, 50)).containsExactly("mul·sum");
        assertThat(steps(p -> p.x.mul(p.y).sum(Axes.of(0)), 40, 50)).containsExactly("mul·sum");
        assertThat(steps(p -> p.x.mul(p.y).sum(Axes.of(1)), 5, 5000)).containsExactly("mul·sum");
        assertThat(steps(p -> p.x.gt(p.y).to(DType.F32).sum(Axes.of(0, 2)), 8, 3, 60))
                .containsExactly("greater·cast·sum");
    }

    /// Lines that are cut in blocks and leave a rest, blocks of several axes, columns wider than a block, few and many
    /// results, with operands that repeat along any axis.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void everySubsetOfAxes(int mask) {
        int[] axes =
                IntStream.range(0, 4).filter(axis -> (mask >> axis & 1) == 1).toArray();
        Function<Pair, List<Tensor>> f = p -> {
            Tensor centred = p.x.sub(p.y.sum(Axes.of(axes).kept()));
            Tensor scaled = centred.mul(p.y.sum(Axes.of(1, 3).kept()))
                    .mul(p.y.sum(Axes.of(0, 1, 2).kept()));
            return List.of(
                    centred.square().sum(Axes.of(axes)),
                    scaled.sum(Axes.of(axes)),
                    centred.mul(p.y).sum(Axes.of(axes)));
        };
        assertThat(steps(f, 5, 6, 7, 37)).isNotEmpty();
        assertThat(steps(f, 2, 3, 1, 2100)).isNotEmpty();
        assertThat(steps(f, 1, 40, 30, 19)).isNotEmpty();
    }

    @Test
    void batchStatisticsAreComputedFromTheInput() {
        Function<Pair, List<Tensor>> f = p -> {
            Tensor centred = p.x.sub(p.x.mean(Axes.of(0, 2, 3).kept()));
            Tensor variance = centred.square().mean(Axes.of(0, 2, 3).kept());
            return List.of(
                    centred.mul(variance.add(1e-5).rsqrt()).relu(),
                    p.y.sum(Axes.of(0)),
                    p.y.mul(2).sum(Axes.of(0)));
        };
        assertThat(steps(f, 16, 8, 16, 16))
                .contains("sub·square·sum", "sub·mul·relu")
                .doesNotContain("sub·square", "sub");
    }

    @Test
    void sumsOfOneSourceAreOnePass() {
        Function<Pair, List<Tensor>> f = p -> {
            Tensor slope = p.x.mul(p.y.gt(0).to(DType.F32));
            return List.of(slope.sum(Axes.of(0)), slope.mul(p.y).sum(Axes.of(0)));
        };
        assertThat(steps(f, 300, 64)).containsExactly("greater·cast·mul·sum·mul·sum");
    }

    @Test
    void whatSomebodyElseReadsIsStoredAndReadThere() {
        Function<Pair, List<Tensor>> f = p -> {
            Tensor product = p.x.mul(p.y);
            return List.of(product, product.sum(Axes.of(0)), product.matmul(p.y));
        };
        assertThat(steps(f, 40, 40)).containsExactly("mul", "sum", "matmul");
    }

    @Test
    void functionsAreComputedOnce() {
        Function<Pair, List<Tensor>> f = p -> {
            Tensor exponential = p.x.exp();
            return List.of(
                    exponential.sum(Axes.of(0)),
                    exponential.div(exponential.sum(Axes.of(0).kept())));
        };
        assertThat(steps(f, 100, 40).getFirst()).isEqualTo("exp");
    }
}
