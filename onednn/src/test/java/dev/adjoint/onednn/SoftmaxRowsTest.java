package dev.adjoint.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.op.Composite;
import dev.adjoint.op.composite.LogSoftmax;
import dev.adjoint.op.composite.MaskedSoftmax;
import dev.adjoint.op.composite.Softmax;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SoftmaxRowsTest {
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
