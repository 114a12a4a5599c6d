package dev.adjoint.testkit;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hessian;
import static dev.adjoint.transform.Transformations.hvp;
import static dev.adjoint.transform.Transformations.jacobian;
import static dev.adjoint.transform.Transformations.jvp;
import static dev.adjoint.transform.Transformations.valueAndGrad;
import static dev.adjoint.transform.Transformations.valueAndGradWithAuxiliary;
import static dev.adjoint.transform.Transformations.vjp;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.testkit.Fixtures.SinCos;
import dev.adjoint.transform.Transformations.NumberAndAuxiliary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransformationsTest {
    /// A neuron with a step counter that no derivative touches.
    public record Neuron(Tensor weight, Tensor bias, Tensor steps) {}

    private static final Array X = Array.of(0.5, -1.5, 2.0);

    private static double[] numbers(Tensor x) {
        return Array.of(x).toDoubles();
    }

    private static double number(Tensor x) {
        return Array.of(x).item();
    }

    private static void close(Tensor found, double... expected) {
        assertThat(numbers(found)).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers(found)[i]).isCloseTo(expected[i], within(1e-12));
        }
    }

    @Test
    void theGradientOfASineIsACosine() {
        close(grad((Tensor x) -> x.sin().sum()).apply(X), Math.cos(0.5), Math.cos(-1.5), Math.cos(2));
        var both = valueAndGrad((Tensor x) -> x.square().sum()).apply(X);
        assertThat(number(both.value())).isEqualTo(6.5);
        close(both.gradient(), 1, -3, 4);
    }

    @Test
    void whatIsComputedOnTheWayComesOutWithoutDerivative() {
        var f = valueAndGradWithAuxiliary((Tensor x) -> {
            Tensor squares = x.square();
            Map<String, Tensor> aside = Map.of("most", squares.max(), "where", squares.argmax(0));
            return new NumberAndAuxiliary<>(squares.sum(), aside);
        });
        for (var all : List.of(f.apply(X), Compiled.of(f).apply(X))) {
            assertThat(number(all.value())).isEqualTo(6.5);
            close(all.gradient(), 1, -3, 4);
            assertThat(all.auxiliary().get("most")).isEqualTo(Array.scalar(4.0));
            assertThat(number(all.auxiliary().get("where"))).isEqualTo(2);
        }
        assertThatThrownBy(() -> valueAndGradWithAuxiliary((Tensor x) -> new NumberAndAuxiliary<>(x, x))
                        .apply(X))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageStartingWith("grad needs a function with one floating number as result, not f64[3]");
    }

    @Test
    void gradientsAddAtForks() {
        close(grad((Tensor x) -> x.add(x).mul(x).sum()).apply(X), 2, -6, 8);
    }

    @Test
    void anUnusedInputHasGradientZero() {
        Map<String, Tensor> gradient = grad((Map<String, Tensor> m) ->
                        m.get("used").sum())
                .apply(Map.of("used", X, "unused", Array.of(new double[][] {{1, 2}})));
        close(gradient.get("unused"), 0, 0);
        assertThat(gradient.get("unused").shape()).isEqualTo(Shape.of(1, 2));
        close(gradient.get("used"), 1, 1, 1);
    }

    @Test
    void aConstantFunctionHasDerivativeZero() {
        close(grad((Tensor x) -> Array.scalar(3.0)).apply(X), 0, 0, 0);
        close(jvp((Tensor x) -> Array.of(1.0, 2), X, X).tangent(), 0, 0);
        close(jacobian((Tensor x) -> Array.of(1.0)).apply(X), 0, 0, 0);
    }

    @Test
    void anOutputMayBeAnInputOrAppearTwice() {
        var pulled = vjp((Tensor x) -> List.of(x, x, x.mul(2)), X);
        close(pulled.pullback().apply(List.of(X, X, X)), 2, -6, 8);
        var pushed = jvp((Tensor x) -> List.of(x, x, x.mul(2)), X, X);
        close(pushed.tangent().get(0), 0.5, -1.5, 2);
        close(pushed.tangent().get(2), 1, -3, 4);
        List<Tensor> rows = vmap((Tensor x) -> List.of(x, x, Array.of(7.0))).apply(X);
        close(rows.get(1), 0.5, -1.5, 2);
        assertThat(rows.get(2)).isEqualTo(Array.of(new double[][] {{7}, {7}, {7}}));
    }

    @Test
    void recordsAreArgumentsAndIntegersGetZeros() {
        Neuron neuron = new Neuron(X, Array.scalar(0.25), Array.of(7L, 8L));
        Neuron gradient = grad((Neuron n) -> n.weight().mul(n.weight()).sum().add(n.bias()))
                .apply(neuron);
        close(gradient.weight(), 1, -3, 4);
        close(gradient.bias(), 1);
        assertThat(gradient.steps()).isEqualTo(Array.of(0L, 0L));
        Neuron bent = hvp((Neuron n) -> n.weight().square().sum().mul(n.bias()), neuron, neuron);
        close(bent.weight(), 0.5, -1.5, 2);
        assertThat(bent.steps()).isEqualTo(Array.of(0L, 0L));
    }

    @Test
    void theGradientOfManyNumbersIsRefused() {
        assertThatThrownBy(() -> grad((Tensor x) -> x.mul(2)).apply(X))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(
                        "grad needs a function with one floating number as result, not f64[3]; sum or average it, or use"
                                + " vjp or jacobian");
        assertThatThrownBy(() -> grad((Tensor x) -> x.argmax(0)).apply(X))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("not i64[]");
    }

    @Test
    void gradientsNest() {
        Function<Tensor, Tensor> cube = x -> x.mul(x).mul(x);
        assertThat(number(grad(cube).apply(Array.scalar(2.0)))).isEqualTo(12);
        assertThat(number(grad(grad(cube)).apply(Array.scalar(2.0)))).isEqualTo(12);
        assertThat(number(grad(grad(grad(cube))).apply(Array.scalar(2.0)))).isEqualTo(6);
        assertThat(number(grad(grad(grad(grad(cube)))).apply(Array.scalar(2.0))))
                .isZero();
    }

    @Test
    void innerFunctionsCaptureOuterVariables() {
        // d/dx ( d/dy x·y² at y = x ) = d/dx 2x² = 4x
        Function<Tensor, Tensor> outer =
                x -> grad((Tensor y) -> x.mul(y).mul(y)).apply(x);
        assertThat(number(grad(outer).apply(Array.scalar(3.0)))).isEqualTo(12);
        // the same, with the inner point standing still: d/dx 2xy = 2y at y = 5
        Function<Tensor, Tensor> fixed =
                x -> grad((Tensor y) -> x.mul(y).mul(y)).apply(Array.scalar(5.0));
        assertThat(number(grad(fixed).apply(Array.scalar(3.0)))).isEqualTo(10);
        // perturbations do not mix: d/dx ( x · d/dy (x + y) ) = 1
        Function<Tensor, Tensor> apart = x -> x.mul(jvp((Tensor y) -> x.add(y), Array.scalar(1.0), Array.scalar(1.0))
                .tangent());
        assertThat(number(jvp(apart, Array.scalar(2.0), Array.scalar(1.0)).tangent()))
                .isEqualTo(1);
        assertThat(number(grad(apart).apply(Array.scalar(2.0)))).isEqualTo(1);
    }

    @Test
    void capturedCompositesStayCorrect() {
        Function<Tensor, Tensor> f = x -> {
            Tensor p = x.softmax(0);
            return grad((Tensor y) -> y.mul(p).logSumExp()).apply(p).mul(p).sum();
        };
        GradientAssertions.assertGradients(f).at(X).order(2);
    }

    @Test
    void jacobiansByEitherModeAgree() {
        Array matrix = Array.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
        Function<Tensor, Tensor> wide = x -> matrix.matmul(x);
        close(jacobian(wide).apply(X), 1, 2, 3, 4, 5, 6);
        Function<Tensor, Tensor> tall = y -> matrix.mT().matmul(y);
        close(jacobian(tall).apply(Array.of(1.0, 2)), 1, 4, 2, 5, 3, 6);
        assertThat(jacobian((Tensor x) -> x.matmul(x))
                        .apply(matrix.slice(1, 0, 2))
                        .shape())
                .isEqualTo(Shape.of(2, 2, 2, 2));
        close(jacobian((Tensor x) -> x.mul(3)).apply(Array.scalar(2.0)), 3);
    }

    @Test
    void jacobiansOfAndByNothing() {
        Array nothing = Array.zeros(DType.F64, 0);
        assertThat(jacobian((Tensor x) -> x.mul(2)).apply(nothing).shape()).isEqualTo(Shape.of(0, 0));
        assertThat(jacobian((Tensor x) -> x.slice(0, 0, 0)).apply(X).shape()).isEqualTo(Shape.of(0, 3));
        assertThat(jacobian((Tensor x) -> x.sum().add(X)).apply(nothing).shape())
                .isEqualTo(Shape.of(3, 0));
    }

    @Test
    void theHessianOfAQuadraticFormIsItsMatrix() {
        Array a = Array.of(new double[][] {{2, 1, 0}, {1, 3, 5}, {0, 5, 4}});
        Function<Tensor, Tensor> f = x -> x.matmul(a).matmul(x).mul(0.5);
        close(hessian(f).apply(X), 2, 1, 0, 1, 3, 5, 0, 5, 4);
        close(hvp(f, X, X), numbers(a.matmul(X)));
        close(vmap((Tensor v) -> hvp(f, X, v)).apply(a), numbers(a.matmul(a)));
    }

    @Test
    void transformationsComposeInEveryOrder() {
        Function<Tensor, Tensor> f = x -> x.sin().mul(x);
        double[] slope = {slope(0.5), slope(-1.5), slope(2)};
        close(grad((Tensor x) -> vmap(f).apply(x).sum()).apply(X), slope);
        Function<Tensor, Tensor> mapped = vmap(f);
        close(jvp(mapped, X, X.onesLike()).tangent(), slope);
        close(vmap((Tensor x) -> jvp(f, x, x.onesLike()).tangent()).apply(X), slope);
        Function<Tensor, Tensor> slopes = vmap(grad(f));
        close(slopes.apply(X), slope);
        Function<Tensor, Tensor> twice = vmap(slopes);
        close(twice.apply(X.expand(0)), slope);
        close(Compiled.of(slopes).apply(X), slope);
        close(grad((Tensor x) -> jvp(f, x, x.onesLike()).tangent()).apply(Array.scalar(0.5)), bend(0.5));
        close(jvp(grad(f), Array.scalar(0.5), Array.scalar(1.0)).tangent(), bend(0.5));
        Function<Tensor, Tensor> bends = vmap(hessian(f));
        close(bends.apply(X), bend(0.5), bend(-1.5), bend(2));
        close(
                jvp((Tensor x) -> jvp(f, x, x.onesLike()).tangent(), X, X.onesLike())
                        .tangent(),
                bend(0.5),
                bend(-1.5),
                bend(2));
    }

    private static double slope(double x) {
        return Math.cos(x) * x + Math.sin(x);
    }

    private static double bend(double x) {
        return 2 * Math.cos(x) - x * Math.sin(x);
    }

    @Test
    void bothResultsOfOneCallPassTheirCotangentsBack() {
        Function<Tensor, Tensor> f = x -> {
            List<Tensor> both = x.apply(new SinCos(), List.of(x));
            Tensor late = both.get(0).exp().tanh().square();
            return late.add(both.get(1)).sum();
        };
        GradientAssertions.assertGradients(f).at(X).order(2);
        Function<Tensor, Tensor> swapped = x -> {
            List<Tensor> both = x.apply(new SinCos(), List.of(x));
            return both.get(1).add(both.get(0).exp().tanh().square()).sum();
        };
        GradientAssertions.assertGradients(swapped).at(X).order(2);
    }

    @Test
    void threadsDifferentiateAtOnce() {
        List<CompletableFuture<double[]>> running = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    Array x = Array.scalar(0.1 * i);
                    Function<Tensor, Tensor> f = y -> y.sin().mul(x).exp();
                    return numbers(grad(grad(f)).apply(x));
                }))
                .toList();
        for (int i = 0; i < running.size(); i++) {
            double x = 0.1 * i;
            double c = Math.cos(x);
            double expected = Math.exp(x * Math.sin(x)) * (x * x * c * c - x * Math.sin(x));
            assertThat(running.get(i).join()[0]).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void longChainsNeedNoDeepStack() {
        Function<Tensor, Tensor> f = x -> {
            Tensor y = x;
            for (int i = 0; i < 5_000; i++) {
                y = y.add(x);
            }
            return y.sum();
        };
        assertThat(number(Compiled.<Tensor, Tensor>of(grad(f)).apply(Array.scalar(1.0))))
                .isEqualTo(5_001);
    }
}
