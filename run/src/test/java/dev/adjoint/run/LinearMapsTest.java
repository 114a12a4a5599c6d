package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.gaussNewtonProduct;
import static dev.adjoint.transform.Transformations.jacobian;
import static dev.adjoint.transform.Transformations.linearize;
import static dev.adjoint.transform.Transformations.perExampleGradients;
import static dev.adjoint.transform.Transformations.vjp;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.Taps;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Derivatives as linear maps, against closed forms.
class LinearMapsTest {
    private static final Tensor X = Array.of(0.5, -1.0, 2.0);

    private static void assertClose(Tensor actual, double... expected) {
        assertThat(Array.of(actual).toDoubles()).containsExactly(expected, within(1e-12));
    }

    @Test
    void aLinearizedFunctionTakesManyTangents() {
        var linear = linearize((Tensor x) -> x.square().mul(x), X);
        assertClose(linear.value(), 0.125, -1, 8);
        assertClose(linear.pushforward().apply(Array.of(1.0, 0.0, 0.0)), 0.75, 0, 0);
        assertClose(linear.pushforward().apply(Array.of(1.0, 1.0, 1.0)), 0.75, 3, 12);
    }

    @Test
    void aPullbackMayBeAppliedAgain() {
        var back = vjp((Tensor x) -> x.exp(), X);
        assertClose(back.pullback().apply(Array.of(1.0, 0.0, 0.0)), Math.exp(0.5), 0, 0);
        assertClose(back.pullback().apply(Array.of(0.0, 0.0, 2.0)), 0, 0, 2 * Math.exp(2));
    }

    @Test
    void gaussNewtonIsTheCurvatureWithoutTheModelsOwn() {
        // f(x) = x², L(y) = Σ y²: J = diag 2x, H = 2, so Jᵀ·H·J·v = 8x²·v
        Tensor product =
                gaussNewtonProduct((Tensor x) -> x.square(), y -> y.square().sum(), X, Array.of(1.0, 1.0, 2.0));
        assertClose(product, 2, 8, 64);
    }

    @Test
    void everyExampleHasItsOwnGradient() {
        // loss = (w·x)²: gradient 2(w·x)·x
        Tensor w = Array.of(1.0, 2.0);
        Tensor examples = Array.of(new double[][] {{1, 0}, {0, 1}, {1, 1}});
        Tensor gradients = perExampleGradients(
                        (Tensor m, Tensor x) -> m.mul(x).sum().square())
                .apply(w, examples);
        assertClose(gradients, 2, 0, 0, 4, 6, 6);
    }

    @Test
    void anyAxisMayCountTheExamples() {
        Tensor x = Array.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
        Function<Tensor, Tensor> stacked = vmap((Tensor column) -> column.mul(column.sum()), 1, -1);
        assertClose(stacked.apply(x), 5, 14, 27, 20, 35, 54);
        assertClose(vmap(vmap((Tensor y) -> y.square())).apply(x), 1, 4, 9, 16, 25, 36);
    }

    @Test
    void tallAndWideJacobiansAgree() {
        Function<Tensor, Tensor> tall = x -> Tensor.concat(0, List.of(x.square(), x.sin()));
        double[] expected = new double[18];
        for (int i = 0; i < 3; i++) {
            double x = Array.of(X).get(i);
            expected[i * 3 + i] = 2 * x;
            expected[9 + i * 3 + i] = Math.cos(x);
        }
        assertClose(jacobian(tall).apply(X), expected);
        assertClose(jacobian((Tensor x) -> x.square().sum().expand(0)).apply(X), 1, -2, 4);
    }

    @Test
    void tapsShowTheGradientInTheMiddle() {
        var report =
                Taps.grad(X, (x, tap) -> tap.at("square", x.square()).mul(x).sum());
        assertClose(report.value(), 0.125 - 1 + 8);
        assertClose(report.gradient(), 0.75, 3, 12);
        assertClose(report.values().get("square"), 0.25, 1, 4);
        assertClose(report.gradients().get("square"), 0.5, -1, 2);
        assertThatThrownBy(() ->
                        Taps.grad(X, (x, tap) -> tap.at("a", tap.at("a", x)).sum()))
                .hasMessage("a tap called 'a' is there already");
        assertThatThrownBy(() -> Taps.grad(X, (x, tap) -> x))
                .hasMessage(
                        "grad needs a function with one floating number as result, not f64[3]; sum or average it, or"
                                + " use vjp or jacobian");
    }
}
