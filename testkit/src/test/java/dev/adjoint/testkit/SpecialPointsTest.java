package dev.adjoint.testkit;

import static dev.adjoint.testkit.GradientAssertions.assertGradients;
import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hessian;
import static dev.adjoint.transform.Transformations.jvp;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.adjoint.op.composite.Attention;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.elementwise.Where;
import dev.adjoint.op.movement.Pad;
import dev.adjoint.op.movement.Slice;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values and derivatives where formulas break: kinks, ties, zeros, infinities, empty axes.
class SpecialPointsTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static double[] numbers(Tensor x) {
        return Array.of(x).toDoubles();
    }

    private static double[] gradient(Function<Tensor, Tensor> f, double... x) {
        return numbers(grad((Tensor y) -> f.apply(y).sum()).apply(Array.of(x)));
    }

    @Test
    void derivativesAtKinksAreTheDocumentedOnes() {
        assertThat(gradient(Tensor::abs, -1, 0, 1)).containsExactly(-1, 0, 1);
        assertThat(gradient(Tensor::relu, -1, 0, 1)).containsExactly(0, 0, 1);
        assertThat(gradient(Tensor::sign, -1, 0, 1)).containsExactly(0, 0, 0);
    }

    @Test
    void lengthsHaveNoSlopeAtTheTipOfTheCone() {
        Function<Tensor, Tensor> length = x -> x.hypot(x.mul(2));
        assertThat(gradient(length, 0, 3)).containsExactly(0, Math.sqrt(5));
        Tensor second = hessian((Tensor y) -> length.apply(y).sum()).apply(Array.of(0.0, 3));
        assertThat(Arrays.stream(numbers(second)).allMatch(Double::isFinite)).isTrue();
    }

    @Test
    void refusalsNameTheOperatorAndItsOperands() {
        Array x = Array.zeros(DType.F64, 2, 3);
        assertThatThrownBy(() -> x.softmax(2))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("softmax: f64[2,3]: axis 2 does not exist in shape [2,3] of rank 2");
        assertThatThrownBy(() -> x.sum(0, 0))
                .hasMessage("sum: f64[2,3]: axes [0, 0] name an axis of shape [2,3] twice");
        assertThatThrownBy(() -> x.apply(new Where(), List.of())).hasMessage("where takes 3 operands, not 0");
        assertThatThrownBy(() -> x.apply(
                        new Attention(1, Attention.Masking.NONE), List.of(x, x.slice(0, 0, 0), x.slice(0, 0, 0))))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("attention: f64[2,3] and f64[0,3] and f64[0,3]: there are no keys to look at (axis -2)");
    }

    @Test
    void tiesShare() {
        assertThat(gradient(x -> x.maximum(x.stopGradient()), 1, 2)).containsExactly(0.5, 0.5);
        assertThat(gradient(x -> x.minimum(x.stopGradient()), 1, 2)).containsExactly(0.5, 0.5);
        assertThat(gradient(Tensor::max, 3, 1, 3, 3)).containsExactly(1 / 3.0, 0, 1 / 3.0, 1 / 3.0);
        assertThat(gradient(Tensor::min, 1, 2, 1)).containsExactly(0.5, 0, 0.5);
        assertThat(gradient(x -> x.maxPool(Window.dense(1).stride(2), Shape.of(2)), 5, 5, 1, 2))
                .containsExactly(0.5, 0.5, 0, 1);
    }

    @Test
    void theHessianOfAProductIsExactAtZeros() {
        Tensor h = hessian((Tensor x) -> x.prod()).apply(Array.of(0.0, 0, 3));
        assertThat(numbers(h)).containsExactly(0, 3, 0, 3, 0, 0, 0, 0, 0);
    }

    @Test
    void wholePowersOfZeroHaveAllDerivatives() {
        Function<Tensor, Tensor> f = x -> x.pow(2).sum();
        Array zero = Array.scalar(0.0);
        Tensor first = grad(f).apply(zero);
        Tensor second = grad(grad(f)).apply(zero);
        Tensor third = grad(grad(grad(f))).apply(zero);
        Tensor fourth = grad(grad(grad(grad(f)))).apply(zero);
        assertThat(List.of(first, second, third, fourth))
                .extracting(t -> Array.of(t).item())
                .containsExactly(0.0, 2.0, 0.0, 0.0);
    }

    @Test
    void powersAreDifferentiableInBothOperandsAtExponentZero() {
        Function<Tensor, Tensor> f = xy -> xy.take(0, 0).pow(xy.take(0, 1));
        double log2 = Math.log(2);
        assertThat(numbers(grad(f).apply(Array.of(2.0, 0)))).containsExactly(0, log2);
        assertThat(numbers(hessian(f).apply(Array.of(2.0, 0)))).containsExactly(0, 0.5, 0.5, log2 * log2);
        assertThat(numbers(grad(f).apply(Array.of(0.0, 0)))).containsExactly(0, 0);
        assertThat(numbers(grad(f).apply(Array.of(0.0, 2)))).containsExactly(0, 0);
    }

    @Test
    void saturatedFunctionsStayFinite() {
        Array x = Array.of(-1000.0, -40, 0, 40, 1000);
        assertThat(numbers(x.sigmoid())).containsExactly(0, 1 / (1 + Math.exp(40)), 0.5, 1 / (1 + Math.exp(-40)), 1);
        assertThat(numbers(x.softplus()))
                .containsExactly(0, Math.log1p(Math.exp(-40)), Math.log1p(1), 40 + Math.log1p(Math.exp(-40)), 1000);
        assertThat(gradient(Tensor::softplus, -1000, 1000)).containsExactly(0, 1);
        assertThat(gradient(Tensor::sigmoid, -1000, 1000)).containsExactly(0, 0);
        assertThat(gradient(Tensor::tanh, -1000, 1000)).containsExactly(0, 0);
    }

    @Test
    void logSumExpTakesInfinities() {
        assertThat(numbers(Array.of(-INFINITY, 0, 0).logSumExp())).containsExactly(Math.log(2));
        assertThat(numbers(Array.of(-INFINITY, -INFINITY).logSumExp())).containsExactly(-INFINITY);
        assertThat(numbers(Array.of(INFINITY, 1).logSumExp())).containsExactly(INFINITY);
        assertThat(gradient(Tensor::logSumExp, -INFINITY, 0, 0)).containsExactly(0, 0.5, 0.5);
        assertThat(numbers(Array.of(1e4, 0).softmax(0))).containsExactly(1, 0);
    }

    @Test
    void theLogarithmOfASoftmaxKeepsTheDigitsOfLargeScores() {
        double exact = -Math.log1p(Math.exp(-10));
        assertThat(numbers(Array.of(1000.0, 990).logSoftmax(0))[0]).isCloseTo(exact, offset(1e-16));
        assertThat(numbers(vmap((Tensor x) -> x.logSoftmax(0)).apply(Array.of(new double[][] {{1000, 990}})))[0])
                .isCloseTo(exact, offset(1e-16));
    }

    @Test
    void maskedClassesDoNotSpoilTheCrossEntropy() {
        Array scores = Array.of(new double[][] {{0, -INFINITY, 0}});
        Array labels = Array.of(2);
        assertThat(numbers(scores.crossEntropy(labels))).containsExactly(Math.log(2));
        Function<Tensor, Tensor> loss = x -> x.crossEntropy(labels).sum();
        assertThat(numbers(grad(loss).apply(scores))).containsExactly(0.5, 0, -0.5);
        Array along = Array.of(new double[][] {{1, 1, 0}});
        assertThat(numbers(jvp(loss, scores, along).tangent())).containsExactly(0.5);
    }

    @Test
    void reductionsOfNothing() {
        Array empty = Array.zeros(DType.F64, 2, 0);
        assertThat(numbers(empty.sum(1))).containsExactly(0, 0);
        assertThat(numbers(empty.prod(1))).containsExactly(1, 1);
        assertThat(numbers(empty.mean(1))).containsExactly(Double.NaN, Double.NaN);
        assertThat(grad((Tensor x) -> x.prod(1).sum().add(x.sum())).apply(empty).shape())
                .isEqualTo(Shape.of(2, 0));
        assertThat(Array.zeros(DType.F64, 0, 3).max(1).shape()).isEqualTo(Shape.of(0));
    }

    @Test
    void theLargestOfLargeIntegersIsExact() {
        long big = (1L << 60) + 1;
        assertThat(Array.of(Array.of(big - 1, big).argmax(0)).toLongs()).containsExactly(1);
        assertThat(Array.of(Array.of(big, big - 1).argmin(0)).toLongs()).containsExactly(1);
        assertThat(Array.of(Array.of(big - 1, big).max()).toLongs()).containsExactly(big);
    }

    @Test
    void countingAlongTheLastAxis() {
        Tensor rows = Array.scalar(0.0).iota(TensorType.of(DType.I64, 2, 3), -1);
        assertThat(Array.of(rows).toLongs()).containsExactly(0, 1, 2, 0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 2, 5})
    void anIndexOutsideItsExampleIsRefusedInABatchToo(long wrong) {
        Array tables = Array.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        Array indices = Array.of(0L, wrong, 1);
        Function<List<Tensor>, Tensor> read = l -> l.get(0).gather(0, l.get(1));
        assertThatThrownBy(() -> vmap(read).apply(List.of(tables, indices)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("gather: index " + wrong + " is outside axis 1 of extent 2");
        Function<List<Tensor>, Tensor> write =
                l -> l.get(0).scatterAdd(0, l.get(1), l.get(0).sum());
        assertThatThrownBy(() -> vmap(write).apply(List.of(tables, indices)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("scatter: index " + wrong + " is outside axis 1 of extent 2");
    }

    @ParameterizedTest
    @CsvSource({"1,6,2", "0,7,3", "2,3,1", "6,7,5", "3,3,1", "0,5,4"})
    void transposesOfSteppedSlices(long start, long stop, long step) {
        Array x = Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7);
        assertGradients((Tensor y) ->
                        y.slice(List.of(new Slice.Range(start, stop, step))).square())
                .at(x)
                .order(2);
    }

    @ParameterizedTest
    @CsvSource({"1,2,3", "0,0,2", "2,0,0"})
    void transposesOfInteriorPadding(long low, long high, long interior) {
        for (double[] x : new double[][] {{}, {0.5}, {0.1, 0.2, 0.3}}) {
            Array point = Array.of(x);
            Tensor padded = point.pad(List.of(new Pad.Margin(low, high, interior)), 0);
            assertThat(padded.dim(0)).isEqualTo(low + high + x.length + Math.max(0, x.length - 1) * interior);
            assertGradients((Tensor y) -> y.pad(List.of(new Pad.Margin(low, high, interior)), 3)
                            .square()
                            .sum())
                    .at(point)
                    .order(2);
        }
    }

    @Test
    void integersDivideTowardsZeroAndByZeroToZero() {
        assertThat(Array.of(Array.of(7, -7, 7).div(Array.of(2, 2, 0))).toLongs())
                .containsExactly(3, -3, 0);
    }

    @Test
    void integersWrapAround() {
        assertThat(Array.of(Array.of(Integer.MAX_VALUE).add(1)).toLongs()).containsExactly(Integer.MIN_VALUE);
        assertThat(Array.of(Array.of(Long.MAX_VALUE).mul(2)).toLongs()).containsExactly(-2);
    }

    @Test
    void rulesKeepF32() {
        Function<Tensor, Tensor> f =
                x -> x.sigmoid().pow(1.5).div(3).logSoftmax(0).mean();
        assertThat(grad(f).apply(Array.of(1f, 2f)).dtype()).isEqualTo(DType.F32);
        assertThat(hessian(f).apply(Array.of(1f, 2f)).type()).isEqualTo(TensorType.of(DType.F32, 2, 2));
    }

    @Test
    void reducingAScalarInABatchReducesNothing() {
        Array x = Array.of(1.0, 2, 3);
        Function<Tensor, Tensor> all = s ->
                s.sum().add(s.max()).add(s.min()).add(s.mean()).add(s.prod()).add(s.logSumExp());
        assertThat(numbers(vmap(all).apply(x))).containsExactly(6, 12, 18);
        assertThat(numbers(vmap((Tensor s) -> s.sum(Axes.all().kept())).apply(x)))
                .containsExactly(1, 2, 3);
    }
}
