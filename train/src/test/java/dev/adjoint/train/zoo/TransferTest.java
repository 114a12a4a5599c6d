package dev.adjoint.train.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.nn.Evaluated;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Losses;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Sequential;
import dev.adjoint.nn.zoo.ResNet;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.TrainStep;
import dev.adjoint.train.optimizer.AdamW;
import dev.adjoint.train.optimizer.ByPath;
import dev.adjoint.train.optimizer.Frozen;
import dev.adjoint.train.optimizer.Optimizer;
import dev.adjoint.train.optimizer.PathRule;
import dev.adjoint.train.optimizer.Sgd;
import dev.adjoint.transform.Transformations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A trained network gets a new head for other classes; the rest keeps its weights and statistics.
final class TransferTest {
    private static final Shape IMAGE = Shape.of(1, 8, 8);

    /// The classes 0 and 1, the quarters of the upper half, against 2 and 3.
    private static Learning.Batch halves() {
        Learning.Batch quarters = Learning.quarters(IMAGE);
        Tensor lower = quarters.labels().ge(2).to(quarters.labels().dtype());
        return new Learning.Batch(quarters.features(), lower);
    }

    @Test
    void onlyTheNewHeadLearns() {
        ResNet tiny = new ResNet(ResNet.Block.BASIC, List.of(1, 1), 4, ResNet.Stem.SMALL);
        Sequential trained =
                Learning.learns(tiny.init(Key.of(1), IMAGE, 4), Learning.quarters(IMAGE), Learning.CLASSES, 30);
        Sequential body = trained.with("readout", Sequential.empty());
        Sequential model =
                Sequential.empty().then("body", new Evaluated(body)).then("head", Linear.readout(Key.of(2), 8, 2));
        Optimizer optimizer =
                ByPath.rest(AdamW.of(0.05, 0.1)).rule("body", PathRule.under("layers.body"), new Frozen());
        Sequential tuned = Learning.learns(model, halves(), new TrainStep<>(Learning.CLASSES, optimizer), 60);

        Map<String, Tensor> before = Tree.paths(model);
        Map<String, Tensor> after = Tree.paths(tuned);
        assertThat(after.keySet()).isEqualTo(before.keySet()).anyMatch(path -> path.contains("statistics"));
        after.forEach((path, weight) -> {
            if (path.startsWith("layers.body")) {
                assertThat(weight).as(path).isEqualTo(before.get(path));
            } else {
                assertThat(weight).as(path).isNotEqualTo(before.get(path));
            }
        });
        Tensor correct = Losses.correct(tuned.apply(halves().features(), Pass.evaluation()), halves().labels());
        assertThat(Array.of(correct.mean()).item()).isEqualTo(1);
    }

    private static double moved(Map<String, Tensor> before, Map<String, Tensor> after, String path) {
        Tensor change = after.get(path).sub(before.get(path));
        return Array.of(change.abs().max()).item();
    }

    /// The stem is frozen, the rest of the body learns at a hundredth of the rate of the new head: by descent without
    /// momentum every change is the gradient times the rate of its group.
    @Test
    void groupsLearnAtTheirOwnRates() {
        ResNet tiny = new ResNet(ResNet.Block.BASIC, List.of(1, 1), 4, ResNet.Stem.SMALL);
        Sequential trained =
                Learning.learns(tiny.init(Key.of(1), IMAGE, 4), Learning.quarters(IMAGE), Learning.CLASSES, 30);
        Sequential model = trained.with("readout", Linear.readout(Key.of(2), 8, 2));
        Optimizer optimizer = ByPath.rest(Sgd.of(0.001))
                .rule("stem", PathRule.under("layers.stem"), new Frozen())
                .rule("head", PathRule.under("layers.readout"), Sgd.of(0.1));
        var step = new TrainStep<>(Learning.CLASSES, optimizer);
        var result = Compiled.of(step)
                .apply(new TrainStep.Argument<>(TrainState.start(model, optimizer, Key.of(3)), halves()));
        Map<String, Tensor> before = Tree.learned(model);
        Map<String, Tensor> after = Tree.learned(result.state().model());
        Map<String, Tensor> slopes = Tree.learned(slopes(model));
        before.forEach((path, weight) -> {
            double rate = path.startsWith("layers.stem.") ? 0 : path.startsWith("layers.readout.") ? 0.1 : 0.001;
            double slope = Array.of(slopes.get(path).abs().max()).item();
            assertThat(moved(before, after, path)).as(path).isCloseTo(rate * slope, within(1e-6));
            assertThat(slope).as(path).isPositive();
        });
        double first = Array.of(result.loss()).item();
        Sequential tuned = Learning.learns(model, halves(), step, 60);
        Tensor last = Learning.CLASSES.apply(tuned, halves(), Pass.evaluation());
        assertThat(Array.of(last).item()).isLessThan(0.5 * first);
    }

    private static Sequential slopes(Sequential model) {
        Tensor key = Array.key(Key.of(3));
        return Transformations.<Sequential>grad(m -> Learning.CLASSES.apply(m, halves(), Pass.training(key)))
                .apply(model);
    }
}
