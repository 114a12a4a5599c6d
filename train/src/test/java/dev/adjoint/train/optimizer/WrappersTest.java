package dev.adjoint.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Optimisers that route, bound or watch others.
final class WrappersTest {
    private static final Map<String, Tensor> MODEL = model();

    private static Map<String, Tensor> model() {
        Map<String, Tensor> model = new java.util.LinkedHashMap<>();
        model.put("body.weight", Array.of(new double[][] {{1, 2}, {3, 4}}));
        model.put("body.bias", Array.of(1.0, -1.0));
        model.put("head.weight", Array.of(new double[][] {{2}, {2}}));
        return model;
    }

    private static double[] numbers(Map<String, Tensor> tensors, String path) {
        return Array.of(tensors.get(path)).toDoubles();
    }

    @Test
    void everyPathHasTheOptimiserOfItsFirstRule() {
        Optimizer optimizer = ByPath.rest(Sgd.of(1))
                .rule("plain", PathRule.named("bias"), Sgd.of(0.1))
                .rule("frozen", PathRule.under("body"), new Frozen());
        var update = optimizer.update(MODEL, optimizer.init(MODEL), MODEL);
        assertThat(numbers(update.changes(), "body.weight")).containsExactly(0, 0, 0, 0);
        assertThat(numbers(update.changes(), "body.bias")).containsExactly(-0.1, 0.1);
        assertThat(numbers(update.changes(), "head.weight")).containsExactly(-2, -2);
        assertThat(update.changes().keySet()).containsExactlyElementsOf(MODEL.keySet());
        assertThat(Tree.paths(optimizer.init(MODEL)).keySet()).containsExactly("groups.plain.step", "groups.rest.step");
    }

    @Test
    void stateIsKeptForItsOwnGroupOnly() {
        Optimizer optimizer = ByPath.rest(Adam.of(1)).rule("frozen", PathRule.under("body"), new Frozen());
        assertThat(Tree.paths(optimizer.init(MODEL)).keySet())
                .containsExactly(
                        "groups.rest.step",
                        "groups.rest.slots.mean.head.weight",
                        "groups.rest.slots.square.head.weight");
    }

    @Test
    void theGlobalNormIsThatOfAllTensors() {
        // ‖(1,2,3,4,1,−1,2,2)‖ = √40
        var update = new ClipByGlobalNorm(1).update(MODEL, new Memoryless.State(), MODEL);
        double factor = 1 / (Math.sqrt(40) + 1e-6);
        assertThat(numbers(update.changes(), "body.weight"))
                .containsExactly(new double[] {factor, 2 * factor, 3 * factor, 4 * factor}, within(1e-15));
        var whole = new ClipByGlobalNorm(7).update(MODEL, new Memoryless.State(), MODEL);
        assertThat(numbers(whole.changes(), "body.bias")).containsExactly(1, -1);
    }

    @Test
    void maxNormBoundsEveryUnit() {
        Tensor w = Array.of(new double[][] {{3, 0.1}, {4, 0}});
        Tensor columns = new MaxNorm(1, -1).change(w.zerosLike(), w).add(w);
        assertThat(Array.of(columns).toDoubles()).containsExactly(new double[] {0.6, 0.1, 0.8, 0}, within(1e-15));
        Tensor rows = new MaxNorm(1, 0).change(w.zerosLike(), w).add(w);
        double n = Math.sqrt(9.01);
        assertThat(Array.of(rows).toDoubles()).containsExactly(new double[] {3 / n, 0.1 / n, 1, 0}, within(1e-15));
        Tensor zero = w.zerosLike();
        assertThat(Array.of(new MaxNorm(1, 0).change(zero, zero)).toDoubles()).containsOnly(0);
        Tensor bias = Array.of(5.0);
        assertThat(new MaxNorm(1, 0).change(bias, bias)).isSameAs(bias);
    }

    @Test
    void theAverageOfTheWeightsFollowsItsRecursion() {
        Optimizer optimizer = new Accumulate(1, Sgd.of(0.1).then(new WeightAverage(0.8)));
        Tensor w = Array.of(1.0);
        Record state = optimizer.init(w);
        double average = 1;
        double weight = 1;
        for (int t = 0; t < 20; t++) {
            var update = optimizer.update(w, state, w);
            w = w.add(update.changes());
            state = update.state();
            weight -= 0.1 * weight;
            average = 0.8 * average + 0.2 * weight;
            assertThat(Array.of(WeightAverage.in(state, w)).item()).isCloseTo(average, within(1e-14));
        }
    }

    /// PyTorch's `ReduceLROnPlateau(patience=1, cooldown=1, factor=0.5, threshold=0.1)`, its source followed by hand.
    @Test
    void thePlateauReducesAsPyTorchDoes() {
        var plateau = new ReduceOnPlateau(Sgd.of(1), 0.5, 1, 0.1, 1, 0.2);
        double[] figures = {1, 0.95, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1, 0.1, Double.NaN, 0.1, 0.1, 0.1};
        double[] scales = {1, 1, 1, 1, .5, .5, .5, .25, .25, .25, .2, .2, .2, .2, .2};
        // 0.95 is above 0.9; two bad ones reduce; the next one rests; two more reduce; the one after that rests and is
        // best.
        Record state = plateau.init(Array.of(1.0));
        for (int i = 0; i < figures.length; i++) {
            ReduceOnPlateau.State next = plateau.observe(state, figures[i]);
            assertThat(Array.of(next.scale()).item()).as("after figure " + i).isEqualTo(scales[i]);
            state = next;
        }
        var update = plateau.update(Array.of(3.0), state, Array.of(1.0));
        assertThat(Array.of(update.changes()).item()).isCloseTo(-3 * 0.2, within(1e-15));
    }

    @Test
    void narrowWeightsKeepTheirTypeAndRatesKeepTheirPrecision() {
        for (Optimizers name : Optimizers.values()) {
            Tensor w = Array.of(new float[][] {{1, 2}, {3, 5}});
            Optimizer optimizer = name.build(Schedule.cosine(0.1, 10), Map.of());
            var update = optimizer.update(w, optimizer.init(w), w);
            assertThat(update.changes().type()).as(name.label()).isEqualTo(w.type());
            Tree.visit(
                    update.state(),
                    (path, leaf) -> assertThat(leaf.dtype())
                            .as(name.label() + " " + path)
                            .isIn(
                                    path.endsWith("step") || path.endsWith("product") ? DType.F64 : DType.F32,
                                    DType.I64));
        }
    }

    @Test
    void lbfgsFindsTheBottomOfTheBananaValley() {
        Tensor start = Array.of(
                IntStream.range(0, 10).mapToDouble(i -> i % 2 == 0 ? -1.2 : 1).toArray());
        var result = new Lbfgs(100, 200, 1e-8, 1e-16)
                .minimize(
                        (Tensor w) -> {
                            Tensor x = w.slice(0, 0, 9);
                            Tensor y = w.slice(0, 1, 10);
                            return x.rsub(1)
                                    .square()
                                    .add(y.sub(x.square()).square().mul(100))
                                    .sum();
                        },
                        start);
        assertThat(result.ending()).isNotEqualTo(Lbfgs.Ending.ITERATIONS);
        assertThat(result.value()).isLessThan(1e-12);
        assertThat(Array.of(result.model()).toDoubles())
                .containsExactly(DoubleStream.generate(() -> 1).limit(10).toArray(), within(1e-5));
        double before = Double.POSITIVE_INFINITY;
        for (Lbfgs.Step step : result.steps()) {
            assertThat(step.slope()).isNegative();
            assertThat(step.value()).isLessThan(before);
            before = step.value();
        }
    }

    /// With memory for all steps and exact curvature, the direction is that of dense BFGS from the same first matrix; on a
    /// quadratic in n dimensions it is at the bottom after few steps.
    @Test
    void lbfgsSolvesAQuadraticInF32ToItsPrecision() {
        Tensor target = Array.of(1f, -2, 3, -4);
        Tensor scale = Array.of(1f, 10, 100, 1000);
        var result = new Lbfgs(10, 100, 1e-5, 0)
                .minimize((Tensor w) -> w.sub(target).square().mul(scale).sum(), Array.of(0f, 0, 0, 0));
        assertThat(result.model().dtype()).isEqualTo(DType.F32);
        assertThat(Array.of(result.model()).toDoubles()).containsExactly(new double[] {1, -2, 3, -4}, within(1e-4));
    }

    /// Where the first trial leaves the domain of the logarithm, the search comes back.
    @Test
    void lbfgsStaysInTheDomain() {
        var result = Lbfgs.standard()
                .minimize((Tensor w) -> w.sub(w.log().mul(0.001)).sum(), Array.of(1.0));
        assertThat(Array.of(result.model()).item()).isCloseTo(0.001, within(1e-6));
    }
}
