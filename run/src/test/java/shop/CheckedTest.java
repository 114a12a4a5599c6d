package shop;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hvp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.adjoint.explain.Checked;
import dev.adjoint.explain.NonFinite;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.CustomRules;
import dev.adjoint.transform.Loops;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// The first operator that makes a NaN or an infinity, from a package that is not Adjoint's.
class CheckedTest {
    /// The line after the one that calls this.
    private static String next() {
        return "CheckedTest.java:" + (new Throwable().getStackTrace()[1].getLineNumber() + 1);
    }

    private static <A> NonFinite found(Function<A, Tensor> f, A x) {
        NonFinite always = catchThrowableOfType(
                NonFinite.class, () -> Checked.everyOperator(f).apply(x));
        assertThat(always).isNotNull();
        return always;
    }

    @Test
    void theOperatorItsLineAndItsRangesAreNamed() {
        String line = next();
        Function<Tensor, Tensor> f = x -> x.log().sum();
        NonFinite e = found(f, Array.of(1.0, 0.0, 2.5));
        assertThat(e.getMessage())
                .isEqualTo(
                        "log makes 1 infinity: f64[3] in [0, 0.9163], 1 infinite; its operand is f64[3] in [0, 2.5] ("
                                + line + ")");
        assertThat(e.operator()).isEqualTo("log");
        assertThat(e.operands().getFirst().zeros()).isEqualTo(1);
        assertThat(e.result().infinities()).isEqualTo(1);
    }

    /// √0 is 0, and its derivative is not finite.
    @Test
    void theBackwardPassIsNamedByTheOperatorItDifferentiates() {
        String line = next();
        Function<Tensor, Tensor> f = x -> x.sqrt().sum();
        assertThat(Checked.everyOperator(f).apply(Array.of(0.0))).isEqualTo(Array.scalar(0.0));
        NonFinite e = found(grad(f), Array.of(4.0, 0.0));
        assertThat(e.getMessage()).matches("\\w+ in the backward of sqrt makes 1 infinity: .*\\(" + line + "\\)");
        Function<Tensor, Tensor> bent = x -> hvp(f, x, x.onesLike());
        NonFinite second = found(bent, Array.of(4.0, 0.0));
        assertThat(second.operator()).contains("of sqrt");
        assertThat(second.place()).hasToString("Optional[" + line + "]");
    }

    @Test
    void aNanFromInfinitiesIsFoundAndMasksAreNot() {
        Function<Tensor, Tensor> masked = x -> x.gt(0)
                .where(x, x.constant(Double.NEGATIVE_INFINITY).broadcastTo(x.shape()))
                .softmax(0);
        assertThatCode(() -> Checked.everyOperator(masked).apply(Array.of(1.0, -1.0)))
                .doesNotThrowAnyException();
        NonFinite e = found(masked, Array.of(-1.0, -1.0));
        assertThat(e.operator()).isEqualTo("sub in softmax");
        assertThat(e.getMessage())
                .startsWith("sub in softmax makes 2 NaN: f64[2], 2 NaN; its operands are f64[2], 2 infinite");
    }

    @Test
    void aCompiledFunctionIsRunAgainOnlyIfItsResultIsNotFinite() {
        String line = next();
        Function<Tensor, Tensor> f = x -> x.sub(1).log().mul(2).sum();
        Function<Tensor, Tensor> checked = Checked.results(Compiled.of(f));
        assertThat(checked.apply(Array.of(2.0))).isEqualTo(Array.scalar(0.0));
        NonFinite e = catchThrowableOfType(NonFinite.class, () -> checked.apply(Array.of(0.5)));
        assertThat(e.getMessage())
                .isEqualTo("log makes 1 NaN: f64[1], 1 NaN; its operand is f64[1] = -0.5 (" + line + ")");
        Function<Tensor, Tensor> hidden = x -> x.gt(0).where(x.log(), x).sum();
        assertThat(Checked.results(hidden).apply(Array.of(-1.0))).isEqualTo(Array.scalar(-1.0));
        assertThat(found(hidden, Array.of(-1.0)).operator()).isEqualTo("log");
    }

    @Test
    void bodiesOfLoopsAndCheckpointsAreLookedInto() {
        String line = next();
        Function<Tensor, Tensor> falling = xs -> Loops.scan(xs.take(0, 0), xs, (c, x) -> new Loops.Next<>(c.div(x), c))
                .carry();
        NonFinite e = found(falling, Array.of(1.0, 2.0, 0.0, 4.0));
        assertThat(e.getMessage())
                .isEqualTo("div in step 2 of scan makes 1 infinity: f64[], 1 infinite; its operands are f64[] = 0.5"
                        + " and f64[] = 0 (" + line + ")");
        Function<Tensor, Tensor> kept = CustomRules.checkpoint(x -> x.reciprocal());
        assertThat(found(kept, Array.scalar(0.0)).operator()).isEqualTo("div");
        Function<Tensor, Tensor> chosen = x -> Loops.cond(x.gt(0), x, y -> y.log(), y -> y.sqrt());
        assertThat(found(chosen, Array.scalar(-1.0)).operator()).isEqualTo("sqrt in cond");
        Function<Tensor, Tensor> loop = x -> Loops.whileLoop(x, c -> c.lt(1e300), c -> c.mul(1e200));
        assertThat(found(loop, Array.scalar(1e10)).operator()).isEqualTo("mul in step 1 of while");
        // The backward pass visits the steps from the last to the first
        Function<Tensor, Tensor> slope = grad(falling);
        assertThat(Checked.everyOperator(slope).apply(Array.of(1.0, 2.0, 4.0)))
                .isEqualTo(slope.apply(Array.of(1.0, 2.0, 4.0)));
        assertThat(Checked.everyOperator(falling).apply(Array.of(1.0, 2.0)))
                .isEqualTo(falling.apply(Array.of(1.0, 2.0)));
    }

    @Test
    void anArgumentThatHoldsNanIsTheCause() {
        Function<Map<String, Tensor>, Tensor> f = m -> m.get("w").sum();
        NonFinite e = found(f, Map.of("w", Array.of(1.0, Double.NaN)));
        assertThat(e.getMessage()).isEqualTo("argument w holds 1 NaN: f64[2] = 1, 1 NaN");
    }

    @Test
    void everythingFiniteGivesTheResult() {
        Function<Tensor, Tensor> f = x -> x.softmax(0).matmul(x).tanh();
        Array x = Array.of(0.5, -1, 2);
        assertThat(Checked.everyOperator(grad(f)).apply(x)).isEqualTo(grad(f).apply(x));
    }
}
