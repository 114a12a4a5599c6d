package dev.adjoint.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.nn.Activation;
import dev.adjoint.nn.Dropout;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Losses;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Sequential;
import dev.adjoint.run.Array;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.optimizer.Adam;
import dev.adjoint.train.optimizer.Optimizer;
import dev.adjoint.train.optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerTest {
    /// Examples and their classes.
    public record Pair(Tensor features, Tensor labels) {}

    private static final Pair XOR =
            new Pair(Array.of(new float[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}), Array.of(0L, 1L, 1L, 0L));

    private static final Objective<Sequential, Pair> OBJECTIVE =
            (model, pair, pass) -> Losses.softmaxCrossEntropy(model.apply(pair.features(), pass), pair.labels())
                    .mean();

    private static final Optimizer OPTIMIZER = Adam.of(0.05);

    private static Sequential network() {
        List<Key> keys = Key.of(3).split(2);
        return Sequential.empty()
                .then("hidden", Linear.init(keys.get(0), 2, 8))
                .then("tanh", Activation.tanh())
                .then("dropout", new Dropout(0.1))
                .then("readout", Linear.readout(keys.get(1), 8, 2));
    }

    private static Trainer<Sequential, Pair> trainer() {
        Batches<Pair> batches = Batches.repeated(List.of(XOR, XOR));
        return new Trainer<>(new TrainStep<>(OBJECTIVE, OPTIMIZER), batches, Kernels.installed());
    }

    private static TrainState<Sequential> start() {
        return TrainState.start(network(), OPTIMIZER, Key.of(4));
    }

    @Test
    void aHiddenLayerLearnsExclusiveOr() {
        Metric<Sequential, Pair> accuracy = Metric.mean(
                "accuracy",
                (model, pair) -> Losses.correct(model.apply(pair.features(), Pass.evaluation()), pair.labels()));
        var evaluation = new Evaluation<>(List.of(accuracy), Kernels.installed());
        List<Callback.EpochReport<Sequential>> reports = new ArrayList<>();
        trainer()
                .validation(new Trainer.Validation<>(List.of(XOR), evaluation))
                .callbacks(List.of(new Callback<Sequential>() {
                    @Override
                    public void epoch(EpochReport<Sequential> report) {
                        reports.add(report);
                    }
                }))
                .run(start(), 150);
        assertThat(reports).hasSize(150);
        assertThat(reports.getFirst().loss()).isGreaterThan(0.5);
        assertThat(reports.getLast().loss()).isLessThan(0.1);
        assertThat(reports.getLast().metrics()).isEqualTo(Map.of("accuracy", 1.0));
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        assertThat(Tree.leaves(trainer().run(start(), 3)))
                .isEqualTo(Tree.leaves(trainer().run(start(), 3)));
    }

    @Test
    void aTrainingThatIsResumedInTheMiddleOfAnEpochEndsInTheSameBits() {
        List<TrainState<Sequential>> states = new ArrayList<>();
        Callback<Sequential> keep = new Callback<>() {
            @Override
            public void step(StepReport<Sequential> report) {
                states.add(report.state().copy());
            }
        };
        List<Tensor> whole = Tree.leaves(trainer().callbacks(List.of(keep)).run(start(), 4));
        for (int step : new int[] {0, 1, 4, 6}) {
            assertThat(Tree.leaves(trainer().run(states.get(step), 4))).isEqualTo(whole);
        }
    }

    @Test
    void aStepIsTheFormula() {
        Objective<Tensor, Tensor> square =
                (w, target, pass) -> w.sub(target).square().sum();
        TrainStep<Tensor, Tensor> step = new TrainStep<>(square, Sgd.of(0.25));
        TrainState<Tensor> state = TrainState.start(Array.of(3.0, 5.0), Sgd.of(0.25), Key.of(1));
        TrainStep.Result<Tensor> result = step.apply(new TrainStep.Argument<>(state, Array.of(1.0, 1.0)));
        assertThat(Array.of(result.loss()).item()).isCloseTo(4 + 16, within(1e-12));
        assertThat(Array.of(result.state().model()).toDoubles()).containsExactly(2.0, 3.0);
        assertThat(result.state().steps()).isEqualTo(1);
    }

    @Test
    void badCallsAndBrokenTrainingsSayWhatIsWrong() {
        assertThatThrownBy(() -> trainer().run(start(), 0)).hasMessage("training needs at least one epoch, not 0");
        assertThatThrownBy(() -> new Trainer<>(
                        new TrainStep<>(OBJECTIVE, OPTIMIZER), Batches.<Pair>repeated(List.of()), Kernels.installed()))
                .hasMessage("training needs at least one batch");
        Objective<Sequential, Pair> broken = (model, pair, pass) ->
                OBJECTIVE.apply(model, pair, pass).sub(1e9).log();
        var trainer =
                new Trainer<>(new TrainStep<>(broken, OPTIMIZER), Batches.repeated(List.of(XOR)), Kernels.installed());
        assertThatThrownBy(() -> trainer.run(start(), 1))
                .isInstanceOf(Diverged.class)
                .hasMessageStartingWith("the loss of step 1 is NaN; lower the learning rate");
    }
}
