package dev.adjoint.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.ConvolutionInput;
import dev.adjoint.op.contraction.ConvolutionKernel;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.run.Array;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractionTest {
    record Shapes(Shape x, Shape y) {
        static Shapes of(List<Long> x, List<Long> y) {
            return new Shapes(Shape.of(x), Shape.of(y));
        }
    }

    /// Odd sizes, sizes on both sides of every block, and every way of broadcasting.
    static Stream<Shapes> products() {
        return Stream.of(
                Shapes.of(List.of(1L, 1L), List.of(1L, 1L)),
                Shapes.of(List.of(7L, 13L), List.of(13L, 5L)),
                Shapes.of(List.of(3L, 600L), List.of(600L, 35L)),
                Shapes.of(List.of(2L, 3L), List.of(3L, 1030L)),
                Shapes.of(List.of(1030L, 3L), List.of(3L, 2L)),
                Shapes.of(List.of(150L, 5L), List.of(5L, 40L)),
                Shapes.of(List.of(131L, 260L), List.of(260L, 3L)),
                Shapes.of(List.of(0L, 3L), List.of(3L, 4L)),
                Shapes.of(List.of(4L, 0L), List.of(0L, 40L)),
                Shapes.of(List.of(4L, 3L), List.of(3L, 0L)),
                Shapes.of(List.of(5L, 3L, 4L), List.of(4L, 6L)),
                Shapes.of(List.of(3L, 4L), List.of(5L, 4L, 6L)),
                Shapes.of(List.of(2L, 1L, 7L, 4L), List.of(3L, 4L, 2L)),
                Shapes.of(List.of(0L, 3L, 4L), List.of(4L, 6L)));
    }

    @ParameterizedTest
    @MethodSource("products")
    void matrixProducts(Shapes shapes) {
        check(KernelsAgree.on(new MatMul(), -1, 1, f32(shapes.x), f32(shapes.y)));
        check(KernelsAgree.on(new MatMul(), -1, 1, f64(shapes.x), f64(shapes.y)));
    }

    private static void check(KernelsAgree agree) {
        agree.within(agree.operands().getFirst().dtype() == DType.F32 ? 1e-5 : 1e-14);
    }

    private static TensorType f32(Shape shape) {
        return new TensorType(DType.F32, shape);
    }

    private static TensorType f64(Shape shape) {
        return new TensorType(DType.F64, shape);
    }

    /// The identity leaves a large matrix as it is: blocks end up where they belong.
    @Test
    void productWithTheIdentity() {
        int n = 530;
        float[][] identity = new float[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        Array x = KernelsAgree.uniform(TensorType.of(DType.F32, n, n), -1, 1, 0);
        KernelsAgree right = new KernelsAgree(new MatMul(), List.of(x, Array.of(identity)));
        KernelsAgree left = new KernelsAgree(new MatMul(), List.of(Array.of(identity), x));
        for (Workers workers : List.of(Workers.of(1), Workers.all())) {
            assertThat(right.fast(workers)).isEqualTo(x);
            assertThat(left.fast(workers)).isEqualTo(x);
        }
    }

    @Test
    void notANumberAndInfinityGoWhereTheyBelong() {
        float inf = Float.POSITIVE_INFINITY;
        Array x = Array.of(new float[][] {{1, Float.NaN}, {inf, 1}, {1, 2}});
        Array y = Array.of(new float[][] {{1, 0, -1}, {2, 3, 4}});
        new KernelsAgree(new MatMul(), List.of(x, y)).within(0);
    }

    /// A convolution and the shapes of its input and kernel.
    record Case(Window window, long groups, Shape x, Shape w) {}

    static Stream<Case> convolutions() {
        Window plain = Window.dense(2);
        Window uneven = new Window(List.of(new Window.Axis(2, 0, 3, 1), new Window.Axis(1, 2, 0, 2)));
        return Stream.of(
                new Case(plain.padding(1), 1, Shape.of(5, 1, 8, 8), Shape.of(8, 1, 3, 3)),
                new Case(plain.padding(1), 1, Shape.of(9, 8, 4, 4), Shape.of(7, 8, 3, 3)),
                new Case(plain, 1, Shape.of(2, 3, 9, 20), Shape.of(5, 3, 2, 3)),
                new Case(plain.padding(2).stride(2), 1, Shape.of(3, 2, 11, 37), Shape.of(4, 2, 3, 5)),
                new Case(plain.padding(3).stride(3).dilation(2), 2, Shape.of(2, 4, 13, 12), Shape.of(6, 2, 3, 2)),
                new Case(uneven, 1, Shape.of(2, 2, 7, 6), Shape.of(3, 2, 3, 2)),
                new Case(plain.padding(4), 1, Shape.of(2, 1, 2, 3), Shape.of(2, 1, 3, 3)),
                new Case(plain.padding(1), 3, Shape.of(2, 3, 5, 17), Shape.of(3, 1, 3, 3)),
                new Case(plain.padding(1), 1, Shape.of(2, 3, 6, 5), Shape.of(35, 3, 3, 3)),
                new Case(plain, 1, Shape.of(2, 300, 1, 2), Shape.of(3, 300, 1, 1)),
                new Case(plain, 1, Shape.of(1, 1, 2, 700), Shape.of(2, 1, 2, 3)),
                new Case(Window.dense(1).padding(2).stride(2), 1, Shape.of(3, 2, 31), Shape.of(4, 2, 5)),
                new Case(Window.dense(3).padding(1), 1, Shape.of(2, 2, 3, 4, 5), Shape.of(3, 2, 2, 3, 2)),
                new Case(plain, 1, Shape.of(0, 2, 4, 4), Shape.of(3, 2, 2, 2)));
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void convolutionsAndTheirTransposes(Case at) {
        for (DType dtype : List.of(DType.F32, DType.F64)) {
            TensorType x = new TensorType(dtype, at.x);
            TensorType w = new TensorType(dtype, at.w);
            Convolution forward = new Convolution(at.window, at.groups);
            TensorType y = forward.infer(x, w);
            Shape spatial = at.x.part(2, at.x.rank());
            Shape taps = at.w.part(2, at.w.rank());
            List.of(
                            KernelsAgree.on(forward, -1, 1, x, w),
                            KernelsAgree.on(new ConvolutionInput(at.window, at.groups, spatial), -1, 1, y, w),
                            KernelsAgree.on(new ConvolutionKernel(at.window, at.groups, taps), -1, 1, x, y))
                    .stream()
                    .filter(KernelsAgree::isFast)
                    .forEach(ContractionTest::check);
        }
    }

    @Test
    void onlyConvolutionsOfNothingAreDeclined() {
        assertThat(convolutions()
                        .filter(at -> !KernelsAgree.on(
                                        new Convolution(at.window, at.groups), -1, 1, f32(at.x), f32(at.w))
                                .isFast())
                        .map(Case::x))
                .containsExactly(Shape.of(0, 2, 4, 4));
    }
}
