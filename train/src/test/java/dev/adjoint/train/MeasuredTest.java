package dev.adjoint.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.nn.BatchNorm;
import dev.adjoint.nn.Pass;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.optimizer.AdamW;
import dev.adjoint.train.optimizer.Optimizer;
import org.junit.jupiter.api.Test;

/// Statistics in a training step: the pass moves them, the optimiser does not.
final class MeasuredTest {
    private static final Tensor X = Array.of(new float[][] {{1, 10}, {2, 20}, {6, 60}});
    private static final Optimizer DECAY = AdamW.of(0.1, 0.5);

    private static TrainState<BatchNorm> start() {
        return TrainState.start(BatchNorm.init(2), DECAY, Key.of(3));
    }

    private static BatchNorm stepped(Objective<BatchNorm, Tensor> objective) {
        TrainStep<BatchNorm, Tensor> step = new TrainStep<>(objective, DECAY);
        var argument = new TrainStep.Argument<>(start(), X);
        BatchNorm compiled = Compiled.of(step).apply(argument).state().model();
        assertThat(compiled.statistics())
                .isEqualTo(step.apply(argument).state().model().statistics());
        return compiled;
    }

    @Test
    void statisticsBecomeWhatThePassWasTold() {
        BatchNorm model =
                stepped((layer, x, pass) -> layer.apply(x, pass).square().mean());
        Pass pass = Pass.training(Array.key(Key.of(1)));
        BatchNorm start = BatchNorm.init(2);
        start.apply(X, pass);
        assertThat(model.statistics()).isEqualTo(pass.replaced(start).statistics());
        assertThat(model.weight()).isNotEqualTo(start.weight());
    }

    @Test
    void noDecayMovesStatisticsThatNobodyMeasures() {
        BatchNorm model = stepped(
                (layer, x, pass) -> layer.apply(x, Pass.evaluation()).square().mean());
        assertThat(model.statistics()).isEqualTo(BatchNorm.init(2).statistics());
        assertThat(model.weight()).isNotEqualTo(BatchNorm.init(2).weight());
    }
}
