package dev.adjoint.run;

import static dev.adjoint.transform.CustomRules.checkpoint;
import static dev.adjoint.transform.CustomRules.withJvp;
import static dev.adjoint.transform.CustomRules.withVjp;
import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hessian;
import static dev.adjoint.transform.Transformations.jvp;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Told derivatives against derived ones.
class CustomRulesTest {
    private static final Tensor X = Array.of(0.3, -1.2, 2.0);
    private static final Tensor T = Array.of(1.0, 0.5, -2.0);

    /// A cube whose derivatives are told: 3x².
    private static final Function<Tensor, Tensor> REVERSE =
            withVjp(x -> x.mul(x).mul(x), (x, y, ct) -> x.square().mul(3).mul(ct));

    private static final Function<Tensor, Tensor> FORWARD =
            withJvp(x -> x.mul(x).mul(x), (x, t) -> x.square().mul(3).mul(t));

    private static void assertClose(Tensor actual, double... expected) {
        assertThat(Array.of(actual).toDoubles()).containsExactly(expected, within(1e-12));
    }

    @Test
    void aToldRuleServesBothModesEveryOrderAndBatches() {
        for (Function<Tensor, Tensor> cube : List.of(REVERSE, FORWARD)) {
            Function<Tensor, Tensor> sum = x -> cube.apply(x).sum();
            assertClose(cube.apply(X), 0.027, -1.728, 8);
            assertClose(grad(sum).apply(X), 0.27, 4.32, 12);
            assertClose(jvp(cube, X, T).tangent(), 0.27, 2.16, -24);
            assertClose(hessian(sum).apply(X), 1.8, 0, 0, 0, -7.2, 0, 0, 0, 12);
            assertClose(vmap(grad(sum)).apply(X.reshape(3, 1)), 0.27, 4.32, 12);
            assertClose(Compiled.of(grad(sum)).apply(X), 0.27, 4.32, 12);
        }
    }

    @Test
    void aToldRuleIsReallyUsed() {
        Function<Tensor, Tensor> reversed = withVjp(x -> x.mul(1), (x, y, ct) -> ct.neg());
        assertClose(grad((Tensor x) -> reversed.apply(x).sum()).apply(X), -1, -1, -1);
        assertClose(jvp(reversed, X, T).tangent(), -1, -0.5, 2);
    }

    @Test
    void aCheckpointChangesNoDerivative() {
        Function<Tensor, Tensor> layer = x -> x.sin().mul(x).tanh();
        Function<Tensor, Tensor> f = x -> layer.apply(layer.apply(x)).sum();
        Function<Tensor, Tensor> checked =
                x -> checkpoint(layer).apply(checkpoint(layer).apply(x)).sum();
        assertClose(checked.apply(X), Array.of(f.apply(X)).toDoubles());
        assertClose(grad(checked).apply(X), Array.of(grad(f).apply(X)).toDoubles());
        assertClose(
                jvp(checked, X, T).tangent(), Array.of(jvp(f, X, T).tangent()).toDoubles());
        Tensor rows = X.reshape(3, 1);
        Function<Tensor, Tensor> batched = x -> vmap(checkpoint(layer)).apply(x).sum();
        assertClose(
                hessian(batched).apply(rows),
                Array.of(hessian((Tensor x) -> layer.apply(x).sum()).apply(rows))
                        .toDoubles());
        assertClose(
                Compiled.of(grad(checked)).apply(X), Array.of(grad(f).apply(X)).toDoubles());
    }

    @Test
    void aCheckpointMayUseTensorsFromAround() {
        Function<Tensor, Tensor> f =
                x -> checkpoint((Tensor y) -> y.mul(x).sin()).apply(x.mul(2)).sum();
        // d/dx sin 2x² = 4x·cos 2x²
        double[] expected = new double[3];
        for (int i = 0; i < 3; i++) {
            double x = Array.of(X).get(i);
            expected[i] = 4 * x * Math.cos(2 * x * x);
        }
        assertClose(grad(f).apply(X), expected);
    }

    @Test
    void rulesThatDoNotFitAreNamed() {
        Function<Tensor, Tensor> narrow = withVjp(x -> x.mul(1), (x, y, ct) -> ct.sum());
        assertThatThrownBy(() -> narrow.apply(X))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("withVjp: the pullback must take [f64[3], f64[3], f64[3]] and return [f64[3]], not [f64[3],"
                        + " f64[3], f64[3]] and [f64[]]");
        assertThatThrownBy(() -> grad((Tensor x) -> withVjp((Tensor y) -> y.mul(x), (y, z, ct) -> ct)
                                .apply(x)
                                .sum())
                        .apply(X))
                .hasMessage(
                        "a function with a derivative rule of its own uses x: f64[3] of the function around it, whose"
                                + " derivative the rule cannot know; pass it as an argument");
        assertThatThrownBy(() -> REVERSE.apply(Array.of(1, 2)))
                .isInstanceOf(DTypeMismatch.class)
                .hasMessageContaining("a derivative rule of one's own is for floating types only");
    }
}
