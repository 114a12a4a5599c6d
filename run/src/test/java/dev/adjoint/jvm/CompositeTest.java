package dev.adjoint.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.compile.Cluster;
import dev.adjoint.op.Op;
import dev.adjoint.op.composite.CrossEntropy;
import dev.adjoint.op.composite.CumMax;
import dev.adjoint.op.composite.CumMin;
import dev.adjoint.op.composite.CumProd;
import dev.adjoint.op.composite.CumSum;
import dev.adjoint.op.composite.LayerNorm;
import dev.adjoint.op.composite.LayerNormGradient;
import dev.adjoint.op.composite.LogCumSumExp;
import dev.adjoint.op.composite.LogSoftmax;
import dev.adjoint.op.composite.LogSumExp;
import dev.adjoint.op.composite.MaskedSoftmax;
import dev.adjoint.op.composite.MaxPool;
import dev.adjoint.op.composite.MaxPoolGradient;
import dev.adjoint.op.composite.Median;
import dev.adjoint.op.composite.Softmax;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.run.Array;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompositeTest {
    private static final float INF = Float.POSITIVE_INFINITY;

    static Stream<Op> rowFormulas() {
        return Stream.of(
                new Softmax(-1),
                new MaskedSoftmax(-1),
                new LogSoftmax(1),
                new LogSumExp(Axes.of(-1)),
                new LogSumExp(Axes.of(1).kept()));
    }

    @ParameterizedTest
    @MethodSource("rowFormulas")
    void rows(Op op) {
        double tolerance = 4 * Math.ulp(1f);
        KernelsAgree.on(op, -9, 9, TensorType.of(DType.F32, 7, 11)).within(tolerance);
        KernelsAgree.on(op, 600, 900, TensorType.of(DType.F32, 900, 10)).within(tolerance);
        KernelsAgree.on(op, -9, 9, TensorType.of(DType.F32, 3, 40_000)).within(tolerance);
        KernelsAgree.on(op, -9, 9, TensorType.of(DType.F32, 0, 3)).within(tolerance);
    }

    @Test
    void layerNormAndItsReverseRule() {
        for (long length : new long[] {64, 65, 127, 128, 255, 256, 300, 5000}) {
            for (long rows : new long[] {1, 17, 400}) {
                TensorType x = TensorType.of(DType.F32, rows, length);
                TensorType weight = TensorType.of(DType.F32, length);
                KernelsAgree.on(new LayerNorm(1e-5), -9, 9, x, weight, weight).within(4 * Math.ulp(1f));
                KernelsAgree.on(new LayerNormGradient(1e-5), -9, 9, x, weight, x)
                        .within(4 * Math.ulp(1f));
            }
        }
    }

    /// Rows longer than a run that is folded, whose first score is far from the largest, absent, or as large as can be.
    @ParameterizedTest
    @MethodSource("rowFormulas")
    void rowsThatTheFirstScoreDoesNotFit(Op op) {
        for (int length : new int[] {64, 65, 150}) {
            float[][] x = new float[300][length];
            for (int row = 0; row < x.length; row++) {
                for (int i = 0; i < length; i++) {
                    x[row][i] = i * 31 % 17 - 8 + row % 7;
                }
                x[row][0] = new float[] {x[row][0], -INF, -200, 95, 3e38f, -3e38f, INF, Float.NaN}[row % 8];
                if (row % 3 == 0) {
                    Arrays.fill(x[row], length / 2, length, -INF);
                }
                if (row % 40 == 1) {
                    Arrays.fill(x[row], -INF);
                }
                if (row % 40 == 3) {
                    x[row][length - 1] = 1e4f;
                }
            }
            new KernelsAgree(op, List.of(Array.of(x))).within(4 * Math.ulp(1f));
        }
    }

    @Test
    void equalScoresAreExactlyEqualShares() {
        for (float score : new float[] {0, 1, -7.3f, 1e30f}) {
            float[][] x = new float[1][5];
            Arrays.fill(x[0], score);
            KernelsAgree agree = new KernelsAgree(new Softmax(-1), List.of(Array.of(x)));
            assertThat(agree.fast(Workers.of(1)).toFloats()).containsOnly(0.2f);
        }
    }

    @ParameterizedTest
    @MethodSource("rowFormulas")
    void rowsOfDoublesAreExpanded(Op op) {
        Cluster doubles = Cluster.of(op, List.of(TensorType.of(DType.F64, 7, 11)));
        assertThat(new JvmKernels().kernel(doubles, Workers.of(1))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rowFormulas")
    void specialValuesFollowTheExpansion(Op op) {
        Array x = Array.of(
                new float[][] {{1, INF, 2}, {1, -INF, 2}, {-INF, -INF, -INF}, {1, Float.NaN, 2}, {INF, -INF, 0}});
        new KernelsAgree(op, List.of(x)).within(4 * Math.ulp(1f));
    }

    static Stream<Op> runningValues() {
        return IntStream.of(0, 1, -1)
                .boxed()
                .flatMap(axis -> Stream.of(
                        new CumSum(axis),
                        new CumProd(axis),
                        new CumMax(axis),
                        new CumMin(axis),
                        new LogCumSumExp(axis)));
    }

    @ParameterizedTest
    @MethodSource("runningValues")
    void running(Op op) {
        double tolerance = 16 * Math.ulp(1f);
        for (Shape shape : List.of(
                Shape.of(7, 5, 3),
                Shape.of(3, 40, 1100),
                Shape.of(200, 90, 4),
                Shape.of(2, 0, 3),
                Shape.of(9, 700, 1))) {
            KernelsAgree.on(op, -1.2, 1.2, new TensorType(DType.F32, shape)).within(tolerance);
        }
    }

    @ParameterizedTest
    @MethodSource("runningValues")
    void runningValuesOfSpecialOnes(Op op) {
        float nan = Float.NaN;
        float[][] special = {{1, INF, 2}, {-INF, -INF, 3}, {-0f, -0f, 0}, {1, nan, INF}, {INF, -INF, 0}};
        new KernelsAgree(op, List.of(Array.of(Array.of(special).reshape(Shape.of(1, 5, 3))))).within(4 * Math.ulp(1f));
    }

    @Test
    void medians() {
        for (Axes axes : List.of(Axes.all(), Axes.of(-1), Axes.of(1, 2).kept())) {
            KernelsAgree.on(new Median(axes), -9, 9, TensorType.of(DType.F32, 30, 7, 11))
                    .exactly();
            KernelsAgree.on(new Median(axes), -9, 9, TensorType.of(DType.F32, 3, 4, 4000))
                    .exactly();
        }
        Array ties = Array.of(new float[][] {{2, 2, 1, 1}, {3, 3, 3, 3}, {INF, 0, -INF, 1}, {1, Float.NaN, 2, 3}});
        new KernelsAgree(new Median(Axes.of(1)), List.of(ties)).exactly();
    }

    /// Rising, falling, few different ones, and the arrangement that is worst for the middle of three.
    @Test
    void mediansOfRowsInOrder() {
        int length = 1001;
        float[][] rows = new float[4][length];
        for (int i = 0; i < length; i++) {
            rows[0][i] = i;
            rows[1][i] = -i;
            rows[2][i] = i * i % 3;
            rows[3][i] = i % 2 == 0 ? i : length - i;
        }
        new KernelsAgree(new Median(Axes.of(1)), List.of(Array.of(rows))).exactly();
    }

    @Test
    void crossEntropyOfKnownProbabilities() {
        float[][] scores = {{0, 0, 0, 0}, {(float) Math.log(3), 0, -INF, -INF}, {5, 5, 5, 5}, {0, 0, 0, 0}};
        Array labels = Array.of(2, 0, 3, 9);
        KernelsAgree agree = new KernelsAgree(new CrossEntropy(), List.of(Array.of(scores), labels));
        double[] expected = {Math.log(4), Math.log(4 / 3.0), Math.log(4), Math.log(4)};
        double[] given = agree.fast(Workers.of(1)).toDoubles();
        for (int i = 0; i < expected.length; i++) {
            assertThat(given[i]).isCloseTo(expected[i], within(1e-6));
        }
    }

    @Test
    void classesThatCannotBeDoNotSpoilTheOthers() {
        float[][] scores = {{1, -INF, 2}, {1, -INF, 2}, {1, 2, INF}, {1, 2, Float.NaN}};
        Array labels = Array.of(0, 1, 0, 0);
        KernelsAgree agree = new KernelsAgree(new CrossEntropy(), List.of(Array.of(scores), labels));
        assertThat(agree.reference().toFloats()[0]).isCloseTo((float) Math.log1p(Math.E), within(1e-6f));
        agree.within(4 * Math.ulp(1f));
    }

    record Pool(Window window, Shape taps, Shape x) {}

    static Stream<Pool> pools() {
        Window plain = Window.dense(2);
        return Stream.of(
                new Pool(plain.stride(2), Shape.of(2, 2), Shape.of(5, 3, 8, 8)),
                new Pool(plain.stride(2), Shape.of(2, 2), Shape.of(300, 3, 7, 9)),
                new Pool(plain.stride(2), Shape.of(2, 2), Shape.of(300, 3, 7, 10)),
                new Pool(plain.stride(2), Shape.of(2, 2), Shape.of(1, 80, 90)),
                new Pool(plain.stride(2), Shape.of(2, 2), Shape.of(4, 3, 2)),
                new Pool(plain.stride(2).padding(1), Shape.of(3, 3), Shape.of(2, 3, 8, 33)),
                new Pool(plain.dilation(2), Shape.of(2, 3), Shape.of(3, 9, 8)),
                new Pool(Window.dense(1).stride(3), Shape.of(3), Shape.of(4, 17)),
                new Pool(Window.dense(3), Shape.of(2, 2, 2), Shape.of(2, 3, 4, 5)));
    }

    @ParameterizedTest
    @MethodSource("pools")
    void pooling(Pool pool) {
        for (DType dtype : List.of(DType.F32, DType.F64)) {
            TensorType type = new TensorType(dtype, pool.x);
            KernelsAgree forward = KernelsAgree.on(new MaxPool(pool.window, pool.taps), -2, 2, type);
            forward.exactly();
            Array x = forward.operands().getFirst();
            Array y = forward.reference();
            Array ct = KernelsAgree.uniform(y.type(), -1, 1, 7);
            new KernelsAgree(new MaxPoolGradient(pool.window, pool.taps), List.of(x, y, ct)).within(0);
        }
    }

    @Test
    void tiesShareAndNotANumberSpreads() {
        float nan = Float.NaN;
        Array x = Array.of(new float[][] {{1, 1, 2, nan, 0, -0f, 7, 3}, {1, 1, 2, 3, 0, 0, -INF, -INF}});
        MaxPool pool = new MaxPool(Window.dense(2).stride(2), Shape.of(2, 2));
        KernelsAgree forward = new KernelsAgree(pool, List.of(x));
        forward.exactly();
        Array y = forward.reference();
        Array ct = Array.of(new float[][] {{1, 2, 3, INF}});
        MaxPoolGradient backward = new MaxPoolGradient(pool.window(), pool.taps());
        KernelsAgree agree = new KernelsAgree(backward, List.of(x, y, ct));
        agree.within(0);
        assertThat(agree.fast(Workers.of(1)).toFloats())
                .containsExactly(
                        0.25f, 0.25f, nan, nan, 0.75f, 0.75f, INF, nan, 0.25f, 0.25f, nan, nan, 0.75f, 0.75f, nan, nan);
    }

    /// Small numbers of both signs of zero, so that most windows have ties; in the second pass with an infinity in one plane.
    @Test
    void tiesInManyPlanes() {
        MaxPool pool = new MaxPool(Window.dense(2).stride(2), Shape.of(2, 2));
        float[] x = new float[50 * 12 * 14];
        for (int i = 0; i < x.length; i++) {
            x[i] = i * 37 % 101 % 3 * -1f;
        }
        for (float special : new float[] {0f, INF}) {
            x[30 * 12 * 14] = special;
            Array images = Array.of(Array.of(x).reshape(Shape.of(50, 12, 14)));
            KernelsAgree forward = new KernelsAgree(pool, List.of(images));
            Array ct = KernelsAgree.uniform(forward.reference().type(), -1, 1, 7);
            MaxPoolGradient backward = new MaxPoolGradient(pool.window(), pool.taps());
            new KernelsAgree(backward, List.of(images, forward.reference(), ct)).within(0);
        }
    }

    @Test
    void aWindowWhoseLargestIsNoneOfItsElementsSpreadsNotANumber() {
        Window window = Window.dense(1);
        MaxPoolGradient backward = new MaxPoolGradient(window, Shape.of(2));
        List<Array> operands = List.of(Array.of(1f, 2f, 3f, 5f), Array.of(2f, 4f, 5f), Array.of(1f, 0f, 1f));
        new KernelsAgree(backward, operands).within(0);
    }

    @Test
    void paddingTakesPartInATieOfMinusInfinity() {
        Array x = Array.of(-INF, -INF, 1f);
        Window window = Window.dense(1).padding(1).stride(2);
        MaxPool pool = new MaxPool(window, Shape.of(2));
        Array y = new KernelsAgree(pool, List.of(x)).reference();
        Array ct = Array.of(1f, 1f);
        KernelsAgree agree = new KernelsAgree(new MaxPoolGradient(window, Shape.of(2)), List.of(x, y, ct));
        agree.within(0);
        assertThat(agree.fast(Workers.of(1)).toFloats()).containsExactly(0.5f, 0f, 1f);
    }

    @Test
    void otherAxesAreLeftToTheExpansion() {
        TensorType type = TensorType.of(DType.F32, 3, 4);
        assertThat(KernelsAgree.on(new Softmax(0), 0, 1, type).isFast()).isFalse();
        assertThat(KernelsAgree.on(new LogSumExp(Axes.all()), 0, 1, type).isFast())
                .isFalse();
    }
}
