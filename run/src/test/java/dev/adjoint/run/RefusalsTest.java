package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hvp;
import static dev.adjoint.transform.Transformations.jacobian;
import static dev.adjoint.transform.Transformations.jvp;
import static dev.adjoint.transform.Transformations.linearize;
import static dev.adjoint.transform.Transformations.vjp;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Index;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.CustomRules;
import dev.adjoint.transform.Loops;
import dev.adjoint.transform.Loops.Next;
import dev.adjoint.transform.Taps;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What depends on numbers, and what transformations refuse, as text.
class RefusalsTest {
    private static final Tensor X = Array.of(1.0, 2.0);

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgument.class).hasMessage(message);
    }

    @Test
    void indicesOutsideOfTheirAxis() {
        Tensor x = Array.zeros(DType.F32, 2, 3);
        refused(() -> x.gather(1, Array.of(0, 3)), "gather: index 3 is outside axis 1 of extent 3");
        refused(() -> x.embedding(Array.of(9L)), "gather: index 9 is outside axis 0 of extent 2");
        refused(() -> x.at(Index.all(), Index.of(Array.of(0, -7))), "gather: index -7 is outside axis 1 of extent 3");
        refused(() -> x.scatterAdd(0, Array.of(0, 3), x), "scatter: index 3 is outside axis 0 of extent 2");
        refused(() -> x.with(Index.of(Array.of(7)), 0), "scatter: index 7 is outside axis 0 of extent 2");
        refused(() -> x.segmentSum(Array.of(0L, 9L), 3), "scatter: index 9 is outside axis 0 of extent 3");
        Tensor one = Array.zeros(DType.F32, 1, 1, 1, 1);
        refused(
                () -> one.maxUnpool(one.to(DType.I64).add(99), Shape.of(4, 4)),
                "scatter: index 99 is outside axis 2 of extent 16");
    }

    @Test
    void gradientsThroughIntegersAlone() {
        refused(
                () -> grad((Tensor x) -> x.to(DType.I32).to(DType.F64).sum()).apply(X),
                "grad: the result depends on the argument only through integers, which have no derivative: cast; if a"
                        + " gradient of 0 is meant, say so with stopGradient()");
        refused(
                () -> grad((Tensor x) -> x.argmax(0).to(DType.F64)).apply(X),
                "grad: the result depends on the argument only through integers, which have no derivative: argmax; if a"
                        + " gradient of 0 is meant, say so with stopGradient()");
        refused(
                () -> grad((Tensor n) -> n.to(DType.F64).sum()).apply(Array.of(1, 2)),
                "grad needs an argument with floating numbers, not [i32[2]]; convert it first, for instance"
                        + " x.to(DType.F32)");
        refused(
                () -> grad((Tensor x) -> x.to(DType.I32).sum()).apply(X),
                "grad needs a function with one floating number as result, not i32[]; sum or average it, or use vjp or"
                        + " jacobian");
    }

    /// What is 0 for a reason is 0: steps, comparisons, indices, and what was stopped.
    @Test
    void gradientsThatAreRightlyZeroAreNotRefused() {
        List<Function<Tensor, Tensor>> flat = List.of(
                x -> x.floor().sum(),
                x -> x.gt(0).to(DType.F64).sum(),
                x -> x.stopGradient().to(DType.I32).to(DType.F64).sum(),
                x -> grad((Tensor y) -> y.topK(0, 1).values().sum()).apply(x).sum(),
                x -> grad((Tensor y) -> y.relu().sum()).apply(x).sum(),
                x -> x.constant(3));
        for (Function<Tensor, Tensor> f : flat) {
            assertThat(grad(f).apply(X)).isEqualTo(Array.of(0.0, 0.0));
        }
        Function<Tensor, Tensor> both = x -> x.argmax(0).to(DType.F64).mul(x.sum());
        assertThat(grad(both).apply(X)).isEqualTo(Array.of(1.0, 1.0));
        assertThat(jacobian(x -> x.to(DType.I32).to(DType.F64)).apply(X)).isEqualTo(Array.zeros(DType.F64, 2, 2));
        Map<String, Tensor> mixed = Map.of("x", X, "n", Array.of(1, 2));
        assertThat(grad((Map<String, Tensor> m) -> m.get("x").sum())
                        .apply(mixed)
                        .get("n"))
                .isEqualTo(Array.of(0, 0));
    }

    @Test
    void directionsOfOtherTypes() {
        Function<Tensor, Tensor> f = x -> x.sin();
        Tensor three = Array.of(1.0, 2, 3);
        Tensor single = Array.of(1f, 2f);
        String tangent = "a tangent of the argument has its floating types, [f64[2]], not ";
        refused(() -> jvp(f, X, three), tangent + "[f64[3]]");
        refused(() -> jvp(f, X, single), tangent + "[f32[2]]");
        refused(() -> linearize(f, X).pushforward().apply(three), tangent + "[f64[3]]");
        refused(() -> hvp((Tensor x) -> x.sin().sum(), X, three), tangent + "[f64[3]]");
        refused(
                () -> vjp(f, X).pullback().apply(three),
                "a cotangent of the result has its floating types, [f64[2]], not [f64[3]]");
    }

    @Test
    void axesOfBatches() {
        refused(
                () -> vmap((Tensor x) -> x, 3, 0).apply(X),
                "vmap: f64[2]: axis 3 does not exist in shape [2] of rank 1");
        refused(
                () -> vmap((Tensor x) -> x, 0, 3).apply(X),
                "vmap: f64[2]: axis 3 does not exist in shape [2] of rank 1");
        refused(
                () -> vmap((List<Tensor> x) -> x).apply(List.of(X, Array.of(1.0))),
                "vmap needs tensors with one common first extent, not [f64[2], f64[1]]");
    }

    @Test
    void bodiesWhoseStateChanges() {
        refused(
                () -> Loops.scan(X, X, (c, x) -> new Next<>(c.to(DType.F32), x)),
                "scan: the body must return the carried values with the types it takes: [f64[2]], not [f32[2]]");
        refused(
                () -> Loops.scan(List.of(X), X, (c, x) -> new Next<>(List.of(c.getFirst(), c.getFirst()), x)),
                "scan: the body must return the carried values with the types it takes: [f64[2]], not [f64[2], f64[2]]");
        refused(
                () -> Loops.whileLoop(X, x -> x.sum().lt(3), x -> x.sum()),
                "while: the body must return the carried values with the types it takes: [f64[2]], not [f64[]]");
        refused(
                () -> Loops.whileLoop(5, X, x -> x.sum().lt(3), x -> x.sum()),
                "while: the body must return the carried values with the types it takes: [f64[2]], not [f64[]]");
    }

    @Test
    void tapsInsideOfBodies() {
        String law = "the tap 'c' is in the body of a loop, a branch or a checkpoint, of which it has no single value;"
                + " return the value from the body, and tap what comes out";
        refused(
                () -> Taps.grad(
                        X,
                        (xs, tap) -> Loops.scan(xs.take(0, 0), xs, (c, x) -> new Next<>(tap.at("c", c.mul(x)), x))
                                .carry()),
                law);
        refused(
                () -> Taps.grad(
                        X,
                        (xs, tap) -> CustomRules.checkpoint(
                                        (Tensor x) -> tap.at("c", x.sin()).sum())
                                .apply(xs)),
                law);
        Function<Tensor, Tensor> nested =
                x -> Taps.grad(x, (v, tap) -> tap.at("c", v.mul(x)).sin().sum())
                        .gradients()
                        .get("c");
        assertThat(vmap(nested).apply(X)).isEqualTo(X.square().cos());
    }

    @Test
    void sequencesThatDependOnNumbersAreEagerOnly() {
        assertThatThrownBy(() -> Compiled.of((Tensor x) -> x.unique().values()).apply(X))
                .hasMessage(
                        "unique: how many elements differ depends on the numbers of f64[2], which are not known while a"
                                + " function is traced, and the shapes of a graph must be. Compute it outside, or keep the shape:"
                                + " mask.where(x, y)");
    }
}
