package shop;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.vjp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.explain.Loss;
import dev.adjoint.explain.Loss.Cause;
import dev.adjoint.explain.WhyZero;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.CustomRules;
import dev.adjoint.transform.Loops;
import dev.adjoint.transform.Transformations;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Where gradients die, from a package that is not Adjoint's.
class WhyZeroTest {
    private static final Array X = Array.of(-1.0, -2.0, -0.5);

    /// The line after the one that calls this.
    private static String next() {
        return "WhyZeroTest.java:" + (new Throwable().getStackTrace()[1].getLineNumber() + 1);
    }

    private static WhyZero why(Function<Tensor, Tensor> f, Tensor x) {
        WhyZero why = WhyZero.of(f, x).getFirst();
        Tensor seed = Array.scalar(1.0).to(x.dtype());
        Array gradient = Array.of(vjp(f, x).pullback().apply(seed).abs());
        assertThat(why.isZero()).isEqualTo(gradient.equals(Array.zeros(gradient.type())));
        return why;
    }

    private static Loss death(Function<Tensor, Tensor> f, Tensor x) {
        WhyZero why = why(f, x);
        assertThat(why.isZero()).isTrue();
        Loss loss = why.losses().getFirst();
        assertThat(loss.isTotal()).isTrue();
        return loss;
    }

    @Test
    void aRampThatIsOff() {
        String line = next();
        Loss loss = death(x -> x.mul(2).relu().sum(), X);
        assertThat(loss.cause()).isEqualTo(Cause.LOCAL_DERIVATIVE);
        assertThat(loss).hasToString("relu at " + line + ": no gradient passes where x ≤ 0; x is f64[3] in [-4, -1]");
    }

    @Test
    void saturatedCurves() {
        assertThat(death(x -> x.mul(100).sigmoid().sum(), Array.of(1.0, 2.0)).verdict())
                .isEqualTo("no gradient passes where it is saturated, far from x = 0; x is f64[2] in [100, 200]");
        assertThat(death(x -> x.mul(100).tanh().sum(), Array.of(1.0, -2.0)).operator())
                .isEqualTo("tanh");
    }

    @Test
    void choicesThatWentElsewhere() {
        Array big = Array.of(9.0, 9.0, 9.0);
        assertThat(death(x -> x.maximum(big).sum(), X).verdict())
                .isEqualTo("no gradient passes where y is larger; x is f64[3] in [-2, -0.5], y is f64[3] = 9");
        assertThat(death(x -> x.gt(0).where(x, big).sum(), X).verdict())
                .startsWith("no gradient passes where c does not hold");
        assertThat(death(x -> x.clamp(0, 1).sum(), X).verdict())
                .startsWith("no gradient passes where x is outside the bounds");
        assertThat(death(x -> Tensor.concat(0, java.util.List.of(x, big)).max(), X)
                        .operator())
                .isEqualTo("concat");
    }

    @Test
    void partsThatAreLost() {
        WhyZero largest = why(x -> x.max(), X);
        assertThat(largest.isZero()).isFalse();
        assertThat(largest.losses().getFirst().verdict())
                .isEqualTo("no gradient passes to 2 of 3 elements to elements that are not the largest; x is f64[3] in"
                        + " [-2, -0.5]");
        Array image = Array.of(Array.of(1.0, 2, 3, 4).reshape(1, 1, 2, 2));
        WhyZero pooled =
                why(x -> x.maxPool(Window.dense(2).stride(2), Shape.of(2, 2)).sum(), image);
        assertThat(pooled.losses().getFirst().lost()).isEqualTo(3);
        assertThat(pooled.losses().getFirst().operator()).isEqualTo("maxpool");
        WhyZero read = why(x -> x.gather(0, Array.of(0L, 0L)).sum(), X);
        assertThat(read.losses().getFirst().verdict()).contains("to 2 of 3 elements to elements that no index reads");
    }

    @Test
    void factorsOfZero() {
        assertThat(death(x -> x.mul(0).sum(), X).verdict())
                .isEqualTo("no gradient passes where y is 0; x is f64[3] in [-2, -0.5], y is f64[] = 0");
        Array zeros = Array.zeros(DType.F64, 3, 2);
        assertThat(death(x -> x.matmul(zeros).sum(), X).verdict())
                .startsWith("no gradient passes where the other factor is 0");
    }

    @Test
    void operatorsWithoutDerivative() {
        String line = next();
        Loss stopped = death(x -> x.square().stopGradient().sum(), X);
        assertThat(stopped.cause()).isEqualTo(Cause.NO_DERIVATIVE);
        assertThat(stopped)
                .hasToString("stopgradient at " + line + ": has no derivative: its purpose is to stop derivatives");
        assertThat(death(x -> x.to(DType.I32).to(DType.F64).sum(), X).verdict())
                .isEqualTo("has no derivative: its result is i32[3], and only floating numbers carry derivatives");
        assertThat(death(x -> x.argmax(0).to(DType.F64), X).operator()).isEqualTo("argmax");
    }

    @Test
    void noPathAtAll() {
        Function<Map<String, Tensor>, Tensor> f = m -> m.get("a").sum();
        WhyZero why = WhyZero.of(f, Map.of("a", X, "b", X), "b");
        assertThat(why)
                .hasToString("gradient of b: f64[3], all 3 elements are 0\n"
                        + "  no path: the result does not depend on b: f64[3]");
        assertThat(WhyZero.of(f, Map.of("a", X, "b", X), "a").losses()).isEmpty();
        assertThatThrownBy(() -> WhyZero.of(f, Map.of("a", X), "c"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageStartingWith("the argument has no floating tensor 'c', but [a]");
        assertThatThrownBy(() -> WhyZero.of((Tensor x) -> x, X))
                .hasMessageStartingWith(
                        "WhyZero needs a function with one floating number as result, not f64[3]; sum or");
    }

    @Test
    void cancellationAndUnderflow() {
        Loss cancelled = death(x -> x.sin().sub(x.sin()).sum(), X);
        assertThat(cancelled.cause()).isEqualTo(Cause.CANCELLATION);
        assertThat(cancelled.verdict()).startsWith("the gradients of its 2 uses cancel: sin at ");
        Loss tiny = death(x -> x.mul(1e-30f).mul(1e-30f).sum(), Array.of(1f, 2f));
        assertThat(tiny.cause()).isEqualTo(Cause.UNDERFLOW);
        assertThat(tiny.verdict()).contains("because what arrives is at most 1e-30 and underflows");
    }

    @Test
    void bodiesAreLookedInto() {
        Loss step = death(
                xs -> Loops.scan(
                                xs.take(0, 0).sub(9),
                                xs,
                                (c, x) -> new Loops.Next<>(c.mul(x).relu(), x))
                        .carry(),
                Array.of(1.0, 2.0));
        assertThat(step.operator()).isEqualTo("relu in step 1 of scan");
        assertThat(step.verdict()).isEqualTo("no gradient passes where x ≤ 0; x is f64[] = 0");
        assertThat(step.place()).isPresent();
        assertThat(death(CustomRules.checkpoint(x -> x.neg().relu().sum()), Array.of(1.0))
                        .operator())
                .isEqualTo("relu");
        Function<Tensor, Tensor> branch =
                x -> Loops.cond(x.sum().gt(0), x, y -> y.neg().relu().sum(), y -> y.sum());
        assertThat(death(branch, Array.of(1.0)).operator()).isEqualTo("relu in cond");
        assertThat(why(branch, Array.of(-1.0)).isZero()).isFalse();
        Function<Tensor, Tensor> told = CustomRules.withVjp(x -> x.sum(), (x, y, ct) -> x.mul(0));
        assertThat(death(told, Array.of(1.0)).verdict())
                .isEqualTo("no gradient passes by the rule that was given for it; x is f64[1] = 1");
        Function<Tensor, Tensor> batched = Transformations.vmap(x -> x.neg().relu());
        assertThat(death(x -> batched.apply(x).sum(), Array.of(1.0, 2.0)).operator())
                .isEqualTo("relu");
        Function<Tensor, Tensor> compiled = Compiled.of(x -> x.neg().relu().sum());
        assertThat(death(compiled, Array.of(1.0)).operator()).isEqualTo("relu");
    }

    /// Every row of a table is read by another use, so no part is lost.
    @Test
    void partsThatOtherUsesHandBackAreNotLost() {
        WhyZero why = why(x -> x.take(0, 0).add(x.take(0, 1)).add(x.take(0, 2)), X);
        assertThat(why.losses()).isEmpty();
        Function<Tensor, Tensor> running = xs -> Loops.scan(xs.take(0, 0), xs, (c, x) -> new Loops.Next<>(c.add(x), x))
                .carry();
        assertThat(why(running, X).losses()).isEmpty();
        WhyZero second =
                why(x -> grad((Tensor y) -> running.apply(y.square())).apply(x).sum(), X);
        assertThat(second.isZero()).isFalse();
    }

    @Test
    void insideOfComposites() {
        assertThat(death(x -> x.gelu().sum(), Array.of(-100.0)).verdict())
                .isEqualTo("no gradient passes far below x = 0; x is f64[1] = -100");
        assertThat(death(x -> x.mul(1e4).softmax(0).take(0, 0), X).operator()).contains("softmax");
    }

    /// σ′(0) = ¼ at every one of ten layers: the factor is 4⁻¹⁰ = 9.5·10⁻⁷; weights of 100 make it 25¹⁰.
    @Test
    void vanishingAndExplodingAreProductsOfFactors() {
        Function<Tensor, Tensor> deep = x -> {
            Tensor y = x;
            for (int i = 0; i < 10; i++) {
                y = y.sigmoid().sub(0.5);
            }
            return y.sum();
        };
        WhyZero vanishing = why(deep, Array.scalar(0.0));
        assertThat(vanishing.product()).isCloseTo(Math.pow(4, -10), within(1e-15));
        assertThat(vanishing.steepest(3))
                .hasSize(3)
                .allMatch(step -> step.operator().equals("sigmoid") && step.factor() == 0.25);
        assertThat(vanishing.toString())
                .contains("factors from the result back to x, the steepest of 21, product 9.537e-7")
                .contains("×0.25      sigmoid at WhyZeroTest.java:");
        Function<Tensor, Tensor> steep = x -> {
            Tensor y = x;
            for (int i = 0; i < 10; i++) {
                y = y.sigmoid().sub(0.5).mul(100);
            }
            return y.sum();
        };
        assertThat(why(steep, Array.scalar(0.0)).product()).isCloseTo(Math.pow(25, 10), within(1e-3));
    }
}
