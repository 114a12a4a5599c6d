package dev.adjoint.train.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.nn.Evaluated;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Losses;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Sequential;
import dev.adjoint.nn.zoo.ResNet;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.TrainStep;
import dev.adjoint.train.optimizer.AdamW;
import dev.adjoint.train.optimizer.ByPath;
import dev.adjoint.train.optimizer.Frozen;
import dev.adjoint.train.optimizer.Optimizer;
import dev.adjoint.train.optimizer.PathRule;
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
}
