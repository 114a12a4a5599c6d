package dev.adjoint.compile;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Permutation;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JoinSumsTest {
    private static final long SEED = 20261121;

    enum Channels {
        FIRST,
        LAST
    }

    private record Pair(Tensor x, Tensor y) {}

    private record Normalised(Tensor x, Tensor weight, Tensor bias) {}

    private static Array normal(long place, long... dims) {
        return Array.of(Array.key(Key.of(SEED).fold(place)).normal(TensorType.of(DType.F32, dims)));
    }

    /// The steps of a computation, whose results are the same bits on one thread and on all, in every run.
    private static List<String> steps(List<Array> given, Graph graph) {
        Executable alone = Executable.compile(graph, Kernels.installed(Workers.of(1)));
        List<Array> results = alone.run(given);
        assertThat(Executable.compile(graph, Kernels.installed(Workers.all())).run(given))
                .isEqualTo(results);
        assertThat(alone.run(given)).isEqualTo(results);
        return alone.plan().steps().stream()
                .map(step -> step.cluster().toString())
                .toList();
    }

    private static List<String> steps(Function<Pair, ?> f, long... dims) {
        Pair arguments = new Pair(normal(1, dims), normal(2, dims));
        return steps(
                List.of((Array) arguments.x, (Array) arguments.y),
                Trace.of(arguments, f).graph());
    }

    /// Against sums in double, in the order of the rows.
    @ParameterizedTest
    @CsvSource({"4096,8", "4096,64", "300,64", "33,512", "17,1024", "9,2000"})
    void joinedSumsAreThoseOfTheFormulas(int rows, int columns) {
        Function<Pair, List<Tensor>> f = p -> {
            Tensor slope = p.x.mul(p.y.sign());
            return List.of(slope.sum(0), slope.mul(p.y).sum(0));
        };
        assertThat(steps(f, rows, columns)).containsExactly("sign·mul·sum·mul·sum");

        Pair arguments = new Pair(normal(1, rows, columns), normal(2, rows, columns));
        float[] x = arguments.x.elements().floats();
        float[] y = arguments.y.elements().floats();
        List<Array> results = Executable.compile(Trace.of(arguments, f).graph())
                .run(List.of((Array) arguments.x, (Array) arguments.y));
        double[] sum = new double[columns];
        double[] product = new double[columns];
        for (int i = 0; i < x.length; i++) {
            float slope = x[i] * Math.signum(y[i]);
            sum[i % columns] += slope;
            product[i % columns] += slope * y[i];
        }
        for (int column = 0; column < columns; column++) {
            assertThat((double) results.get(0).elements().floats()[column]).isCloseTo(sum[column], within(1e-4));
            assertThat((double) results.get(1).elements().floats()[column]).isCloseTo(product[column], within(1e-3));
        }
    }

    @Test
    void aSumThatWaitsForTheOtherHasAPassOfItsOwn() {
        Function<Pair, Tensor> f =
                p -> p.x.sub(p.x.mean(Axes.of(0).kept())).square().sum(0);
        assertThat(steps(f, 300, 64)).containsExactly("sum", "div", "sub·square·sum");
        Function<Pair, Tensor> atOnce =
                p -> p.x.sub(p.x.sum(Axes.of(0).kept())).square().sum(0);
        assertThat(steps(atOnce, 300, 64)).containsExactly("sum", "sub·square·sum");
    }

    @Test
    void sumsAlongOtherAxesOrOfOtherArraysStayApart() {
        assertThat(steps(p -> List.of(p.x.square().sum(0), p.x.square().sum(1)), 300, 64))
                .noneMatch(step -> step.matches(".*sum.*sum"));
        assertThat(steps(p -> List.of(p.x.square().sum(0), p.y.square().sum(0)), 300, 64))
                .containsExactly("square·sum", "square·sum");
    }

    private static Tensor loss(Normalised n, Tensor cotangent) {
        return n.x.batchNorm(n.weight, n.bias, 1e-5)
                .result()
                .relu()
                .mul(cotangent)
                .sum();
    }

    /// dβ = Σ ct, dγ = Σ ct·x̂, dx = (ct − dβ/n − x̂·dγ/n)·γ/√(σ² + ε), computed in double; with a mean a hundred deviations
    /// away, and with the channels in front or last in memory.
    @ParameterizedTest
    @EnumSource
    void gradientsOfABatchNormInTrainingAreTheClosedForm(Channels lie) {
        boolean last = lie == Channels.LAST;
        int images = 6;
        int channels = 16;
        int places = 60;
        Array cotangent = normal(4, images, channels, places);
        Array x = Array.of(normal(1, images, channels, places).add(100));
        Array stored = last ? Array.of(x.permute(Permutation.of(0, 2, 1))) : x;
        Normalised arguments = new Normalised(stored, normal(2, channels), normal(3, channels));
        Function<Normalised, Tensor> loss =
                n -> loss(last ? new Normalised(n.x.permute(Permutation.of(0, 2, 1)), n.weight, n.bias) : n, cotangent);
        Graph graph = Trace.of(arguments, grad(loss)).graph();
        List<Array> given = List.of(stored, (Array) arguments.weight, (Array) arguments.bias);
        assertThat(steps(given, graph)).isNotEmpty();
        List<Array> found = Executable.compile(graph).run(given);
        Array dx = last ? Array.of(found.getFirst().permute(Permutation.of(0, 2, 1))) : found.getFirst();

        for (int channel = 0; channel < channels; channel++) {
            Truth truth = new Truth(channel, new int[] {images, channels, places});
            truth.compute(x, arguments, cotangent);
            assertThat(found.get(1).toDoubles()[channel]).isCloseTo(truth.scale, within(2e-3));
            assertThat(found.get(2).toDoubles()[channel]).isCloseTo(truth.shift, within(1e-4));
            for (int i = 0; i < truth.at.length; i++) {
                assertThat(dx.toDoubles()[truth.at[i]]).isCloseTo(truth.dx[i], within(2e-4));
            }
        }
    }

    /// One channel's gradients in double.
    private static final class Truth {
        private final int channel;
        private final int[] at;
        private final double[] dx;
        private double scale;
        private double shift;

        Truth(int channel, int[] dims) {
            this.channel = channel;
            this.at = new int[dims[0] * dims[2]];
            this.dx = new double[at.length];
            Arrays.setAll(at, i -> (i / dims[2] * dims[1] + channel) * dims[2] + i % dims[2]);
        }

        void compute(Array x, Normalised n, Array cotangent) {
            double[] values = Arrays.stream(at).mapToDouble(x.elements()::get).toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            double variance = Arrays.stream(values)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow();
            double weight = n.weight.elements().get(channel);
            double bias = n.bias.elements().get(channel);
            double rsqrt = 1 / Math.sqrt(variance + 1e-5);
            double[] slope = new double[at.length];
            for (int i = 0; i < at.length; i++) {
                double hat = (values[i] - mean) * rsqrt;
                slope[i] = hat * weight + bias > 0 ? cotangent.elements().get(at[i]) : 0;
                shift += slope[i];
                scale += slope[i] * hat;
            }
            for (int i = 0; i < at.length; i++) {
                double hat = (values[i] - mean) * rsqrt;
                dx[i] = (slope[i] - shift / at.length - hat * scale / at.length) * weight * rsqrt;
            }
        }
    }
}
