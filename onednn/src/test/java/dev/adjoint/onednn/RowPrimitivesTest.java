package dev.adjoint.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.op.Composite;
import dev.adjoint.op.composite.LayerNorm;
import dev.adjoint.op.composite.LogSoftmax;
import dev.adjoint.op.composite.MaskedSoftmax;
import dev.adjoint.op.composite.Softmax;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowPrimitivesTest {
    /// No finite score of the random ones is larger: the library subtracts the largest in float.
    private static final float LARGEST = 16;

    private static final float INF = Float.POSITIVE_INFINITY;

    static Stream<Composite> operators() {
        return Stream.of(new Softmax(-1), new MaskedSoftmax(1), new LogSoftmax(-1));
    }

    private static Array scores(long rows, long length) {
        Tensor normal = Array.key(Key.of(7)).normal(TensorType.of(DType.F32, rows, length));
        return Array.of(normal.mul(Array.of(3f)));
    }

    private static Array run(Composite op, Array x, Kernels kernels) {
        Graph graph = Trace.of(x, (Tensor t) -> t.apply(op)).graph();
        return run(graph, x, kernels);
    }

    private static Array run(Graph graph, Array x, Kernels kernels) {
        return Executable.compile(graph, kernels).run(List.of(x)).getFirst();
    }

    private static void agrees(Composite op, Array x) {
        double[] found = run(op, x, Kernels.installed(Workers.of(1))).toDoubles();
        double[] expected = run(op, x, Kernels.reference()).toDoubles();
        for (int i = 0; i < expected.length; i++) {
            if (Double.isFinite(expected[i])) {
                double tolerance = 2 * Math.ulp(LARGEST) + 4 * Math.ulp((float) expected[i]);
                assertThat(found[i]).isCloseTo(expected[i], within(tolerance));
            } else {
                assertThat(Double.compare(found[i], expected[i])).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void rowsAgreeWithTheReference(Composite op) {
        for (long length : new long[] {64, 65, 130, 1000}) {
            agrees(op, scores(1, length));
            agrees(op, scores(400, length));
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void absentScoresInfinitiesAndNotANumberFollowTheExpansion(Composite op) {
        for (float special : new float[] {-INF, INF, Float.NaN, 3e38f, -3e38f}) {
            float[][] x = new float[20][70];
            for (int row = 0; row < x.length; row++) {
                for (int i = 0; i < x[row].length; i++) {
                    x[row][i] = row == 5 || i % 20 == row ? special : i * 31 % 17 - row;
                }
            }
            agrees(op, Array.of(x));
        }
    }

    @Test
    void layerNormAgreesWithTheReference() {
        Array far = Array.of(scores(300, 65).add(Array.of(100f)));
        for (Array x : List.of(scores(16, 64), scores(400, 130), scores(3, 1000), far)) {
            LayerNorm op = new LayerNorm(1e-5);
            Array weight = scores(1, x.type().dim(1));
            UnaryOperator<Tensor> row = t -> t.reshape(t.type().shape().trailing(1));
            Graph graph = Trace.of(x, (Tensor t) -> t.apply(op, row.apply(weight), row.apply(weight)))
                    .graph();
            double[] found = run(graph, x, Kernels.installed(Workers.of(2))).toDoubles();
            double[] expected = run(graph, x, Kernels.reference()).toDoubles();
            for (int i = 0; i < expected.length; i++) {
                // The rounding of x − x̄ for x about 100, then times weights of at most 16.
                assertThat(found[i]).isCloseTo(expected[i], within(LARGEST * 8e-6));
            }
        }
    }

    @Test
    void notANumberSpreadsOverItsRowOfLayerNorm() {
        float[][] x = new float[20][70];
        x[3][60] = Float.NaN;
        x[4][2] = INF;
        Array ones = Array.of(TensorType.of(DType.F32, 70), Elements.allocate(DType.F32, 70));
        Graph graph = Trace.of(Array.of(x), (Tensor t) -> t.apply(new LayerNorm(1e-5), ones, ones))
                .graph();
        float[] found =
                run(graph, Array.of(x), Kernels.installed(Workers.of(1))).toFloats();
        for (int i = 0; i < found.length; i++) {
            assertThat(Float.isNaN(found[i])).isEqualTo(i / 70 == 3 || i / 70 == 4);
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void anyNumberOfThreadsGivesTheSameBits(Composite op) {
        Array x = scores(3000, 100);
        assertThat(run(op, x, Kernels.installed(Workers.of(2))).toFloats())
                .isEqualTo(run(op, x, Kernels.installed(Workers.of(1))).toFloats());
    }

    @Test
    void shortRowsAreLeftToTheJvm() {
        Cluster cluster = Cluster.of(new Softmax(-1), List.of(TensorType.of(DType.F32, 512, 10)));
        assertThat(new OnednnKernels().kernel(cluster, Workers.of(1))).isEmpty();
        Cluster wide = Cluster.of(new Softmax(-1), List.of(TensorType.of(DType.F32, 512, 64)));
        assertThat(new OnednnKernels().kernel(wide, Workers.of(1))).isPresent();
        Cluster columns = Cluster.of(new Softmax(0), List.of(TensorType.of(DType.F32, 512, 64)));
        assertThat(new OnednnKernels().kernel(columns, Workers.of(1))).isEmpty();
    }
}
