package dev.adjoint.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.op.reduction.Max;
import dev.adjoint.op.reduction.Min;
import dev.adjoint.op.reduction.Sum;
import dev.adjoint.run.Array;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReductionTest {
    static Stream<KernelsAgree> everySubsetOfAxes() {
        return Stream.of(
                        new long[] {5, 3, 7, 2},
                        new long[] {19},
                        new long[] {2, 1, 9},
                        new long[] {3, 0, 4},
                        new long[] {})
                .flatMap(ReductionTest::subsets);
    }

    private static Stream<KernelsAgree> subsets(long[] dims) {
        return java.util.stream.IntStream.range(0, 1 << dims.length).boxed().flatMap(mask -> {
            int[] axes = java.util.stream.IntStream.range(0, dims.length)
                    .filter(axis -> (mask >> axis & 1) == 1)
                    .toArray();
            return Stream.of(DType.F32, DType.F64)
                    .flatMap(dtype -> operators(Axes.of(axes), TensorType.of(dtype, dims)));
        });
    }

    private static Stream<KernelsAgree> operators(Axes axes, TensorType type) {
        Stream<KernelsAgree> sum = Stream.of(KernelsAgree.on(new Sum(axes), -2, 2, type));
        return axes.size(type.shape()) == 0
                ? sum
                : Stream.concat(
                        sum,
                        Stream.of(
                                KernelsAgree.on(new Max(axes), -2, 2, type),
                                KernelsAgree.on(new Min(axes.kept()), -2, 2, type)));
    }

    @ParameterizedTest
    @MethodSource("everySubsetOfAxes")
    void agrees(KernelsAgree agree) {
        agree.within(agree.operands().getFirst().dtype() == DType.F32 ? Math.ulp(1f) : 1e-14);
    }

    @Test
    void aMillionTenthsSumToTheNearestFloat() {
        float[] tenths = new float[1_000_000];
        Arrays.fill(tenths, 0.1f);
        KernelsAgree sum = new KernelsAgree(new Sum(Axes.all()), List.of(Array.of(tenths)));
        assertThat(sum.fast(Workers.of(1)).item()).isEqualTo((float) (0.1f * 1e6));
        assertThat(sum.fast(Workers.all())).isEqualTo(sum.fast(Workers.of(1)));
    }

    @Test
    void largeOnesInPartsOfEitherKind() {
        TensorType type = TensorType.of(DType.F64, 300, 7, 101);
        for (int[] axes : List.of(new int[] {0}, new int[] {1}, new int[] {2}, new int[] {0, 2}, new int[] {0, 1, 2})) {
            KernelsAgree.on(new Sum(Axes.of(axes)), -1, 1, type).within(1e-13);
            KernelsAgree.on(new Max(Axes.of(axes)), -1, 1, type).exactly();
        }
    }

    /// Parts with results of their own, fewer than there are slices, and a last one that is shorter.
    @Test
    void manySlicesOntoALargeResult() {
        KernelsAgree.on(new Sum(Axes.of(0)), -1, 1, TensorType.of(DType.F32, 37, 9_001))
                .within(Math.ulp(4f));
        KernelsAgree.on(new Min(Axes.of(0)), -1, 1, TensorType.of(DType.F32, 37, 9_001))
                .exactly();
    }

    @Test
    void specialValuesStay() {
        float nan = Float.NaN;
        float inf = Float.POSITIVE_INFINITY;
        Array x = Array.of(new float[][] {{1, nan, 2}, {inf, 1, -inf}, {-0f, 0f, -0f}, {-inf, -inf, -inf}});
        for (Axes axes : List.of(Axes.of(0), Axes.of(1), Axes.all())) {
            new KernelsAgree(new Max(axes), List.of(x)).exactly();
            new KernelsAgree(new Min(axes), List.of(x)).exactly();
            new KernelsAgree(new Sum(axes), List.of(x)).within(0);
        }
    }
}
