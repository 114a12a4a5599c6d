package dev.adjoint.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.optimizer.Optimizer;
import dev.adjoint.train.optimizer.ReduceOnPlateau;
import dev.adjoint.train.optimizer.Schedule;
import dev.adjoint.train.optimizer.Sgd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What happens between epochs. The model is one number that falls by 1 in every step, from 10.
final class WatchTest {
    private static final Optimizer DOWN = Sgd.of(1);
    private static final Objective<Tensor, Tensor> SLOPE = (w, batch, pass) -> w.sum();

    /// Its validation is (w − least)², so the best epoch is the one that ends at `least`.
    private static Trainer<Tensor, Tensor> trainer(Optimizer optimizer, double least) {
        Metric<Tensor, Tensor> metric =
                Metric.mean("distance", (w, batch) -> w.sub(least).square());
        return new Trainer<>(
                        new TrainStep<>(SLOPE, optimizer),
                        Batches.repeated(List.<Tensor>of(Array.of(0.0))),
                        Kernels.installed())
                .validation(new Trainer.Validation<>(
                        List.of(Array.of(0.0)), new Evaluation<>(List.of(metric), Kernels.installed())));
    }

    private static TrainState<Tensor> start(Optimizer optimizer) {
        return TrainState.start(Array.of(10.0), optimizer, Key.of(1));
    }

    private static double number(Tensor w) {
        return Array.of(w).item();
    }

    @Test
    void stoppingGivesBackTheBestWeights() {
        List<Long> epochs = new ArrayList<>();
        Callback<Tensor> told = new Callback<>() {
            @Override
            public void epoch(EpochReport<Tensor> report) {
                epochs.add(report.epoch());
            }
        };
        TrainState<Tensor> end = trainer(DOWN, 6)
                .watches(List.of(EarlyStopping.of(Goal.smallest("distance"), 3)))
                .callbacks(List.of(told))
                .run(start(DOWN), 100);
        // Best after epoch 4 at w = 6; three worse ones, then the end.
        assertThat(epochs).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(number(end.model())).isEqualTo(6);
        assertThat(end.steps()).isEqualTo(7);
    }

    @Test
    void theBestWeightsComeBackAlsoWhenTheEpochsEnd() {
        TrainState<Tensor> end = trainer(DOWN, 6)
                .watches(List.of(EarlyStopping.of(Goal.smallest("distance"), 10)))
                .run(start(DOWN), 6);
        assertThat(number(end.model())).isEqualTo(6);
        TrainState<Tensor> larger = trainer(DOWN, 6)
                .watches(List.of(new EarlyStopping(Goal.largest("distance"), 2, 0)))
                .run(start(DOWN), 100);
        // 9 at w = 9, then 4 and 1: both worse.
        assertThat(number(larger.model())).isEqualTo(9);
        assertThat(larger.steps()).isEqualTo(3);
    }

    @Test
    void aGainBelowTheLeastDoesNotCount() {
        // Distances 9, 4, 1, 0: the last gain is 1.
        TrainState<Tensor> end = trainer(DOWN, 6)
                .watches(List.of(new EarlyStopping(Goal.smallest("distance"), 1, 1)))
                .run(start(DOWN), 100);
        assertThat(number(end.model())).isEqualTo(7);
        assertThat(end.steps()).isEqualTo(4);
    }

    @Test
    void aResumedTrainingStopsWhereTheUnbrokenOneDoes() {
        var trainer = trainer(DOWN, 6).watches(List.of(EarlyStopping.of(Goal.smallest("distance"), 3)));
        List<TrainState<Tensor>> states = new ArrayList<>();
        TrainState<Tensor> whole = trainer.callbacks(List.of(new Callback<Tensor>() {
                    @Override
                    public void epoch(EpochReport<Tensor> report) {
                        states.add(report.state().copy());
                    }
                }))
                .run(start(DOWN), 100);
        assertThat(states).hasSize(7);
        for (TrainState<Tensor> state : states) {
            // As read from a file: the numbers alone.
            TrainState<Tensor> read = Tree.withLeaves(trainer.begin(start(DOWN)), Tree.leaves(state));
            assertThat(Tree.leaves(trainer.run(read, 100))).isEqualTo(Tree.leaves(whole));
        }
    }

    @Test
    void aPlateauMakesStepsSmaller() {
        ReduceOnPlateau optimizer = ReduceOnPlateau.of(DOWN).patience(1).factor(0.5);
        TrainState<Tensor> end = trainer(optimizer, 8)
                .watches(List.of(new Plateau(optimizer, Goal.smallest("distance"))))
                .run(start(optimizer), 6);
        // 9, 8 (best), 7, 6: two worse ones, half a step: 5.5, 5.
        assertThat(number(end.model())).isCloseTo(5, within(1e-12));
    }

    @Test
    void checkpointsComeWhenStepsOrTimeSaySo() {
        long[] now = {0};
        List<Long> saved = new ArrayList<>();
        var every = new Checkpoints.Every(4, Duration.ofNanos(25));
        Callback<Tensor> checkpoints =
                new Checkpoints<Tensor>(every, (state, figures) -> saved.add(state.steps()), () -> now[0]);
        Callback<Tensor> clock = new Callback<>() {
            @Override
            public void step(StepReport<Tensor> report) {
                now[0] += 10;
            }
        };
        Tensor batch = Array.of(0.0);
        new Trainer<>(
                        new TrainStep<>(SLOPE, DOWN),
                        Batches.repeated(List.of(batch, batch, batch, batch, batch, batch, batch, batch, batch)),
                        Kernels.installed())
                .callbacks(List.of(clock, checkpoints))
                .run(start(DOWN), 1);
        // 30 ns at step 3; step 4; 30 ns at 7; step 8; and the end of the epoch at 9.
        assertThat(saved).containsExactly(3L, 4L, 7L, 8L, 9L);
    }

    @Test
    void snapshotsAreTakenAtTheEndOfEveryCycle() {
        Snapshots<Tensor> snapshots = new Snapshots<>(2);
        trainer(DOWN, 0).callbacks(List.of(snapshots)).run(start(DOWN), 5);
        assertThat(snapshots.models().stream().map(WatchTest::number)).containsExactly(8.0, 6.0);
    }

    /// On ½·c·w² plain descent falls for rates below 2/c and explodes above.
    @Test
    void theRateFinderStopsWhereTheLossExplodes() {
        Objective<Tensor, Tensor> bowl = (w, batch, pass) -> w.square().sum().mul(5);
        RateFinder.Curve curve = new RateFinder(1e-4, 10, 120)
                .run((Schedule rate) -> new TrainStep<>(bowl, Sgd.of(rate)), Array.of(3.0), List.of(Array.of(0.0)));
        assertThat(curve.points()).hasSizeLessThan(120);
        assertThat(curve.points().getFirst().rate()).isEqualTo(1e-4);
        assertThat(curve.points().getFirst().loss()).isEqualTo(45);
        assertThat(curve.points().get(1).rate()).isCloseTo(1e-4 * Math.pow(1e5, 1 / 119.0), within(1e-15));
        assertThat(curve.steepest()).isBetween(1e-3, 0.2);
        assertThat(curve.bearable()).isBetween(1e-3, 0.2);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        var stopping = EarlyStopping.of(Goal.smallest("accuracy"), 1);
        assertThatThrownBy(() -> trainer(DOWN, 1).watches(List.of(stopping)).run(start(DOWN), 1))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("the validation has no figure called 'accuracy', only distance");
        assertThatThrownBy(() -> Goal.smallest("loss").cost(Map.of()))
                .hasMessage("the validation has no figure called 'loss', only none at all");
        assertThatThrownBy(() -> EarlyStopping.of(Goal.smallest("loss"), 0))
                .hasMessage("early stopping takes a patience of at least 1 and a least gain of at least 0, not 0 and"
                        + " 0.0");
        var plateau = new Plateau(ReduceOnPlateau.of(DOWN), Goal.smallest("distance"));
        assertThatThrownBy(() -> trainer(DOWN, 1).watches(List.of(plateau)).run(start(DOWN), 1))
                .hasMessage("the training's optimiser is no ReduceOnPlateau: let it be the outermost one");
        TrainState<Tensor> watched = start(DOWN).watched(List.of(stopping));
        assertThatThrownBy(() -> trainer(DOWN, 1).run(watched, 1))
                .hasMessage("the state is that of a training with 1 watches, not 0");
        assertThatThrownBy(() -> Checkpoints.Every.steps(0))
                .hasMessageStartingWith(
                        "checkpoints are made every so many steps, at least 1, or after some time, not");
        assertThatThrownBy(() -> new Snapshots<Tensor>(0))
                .hasMessage("snapshots are taken every so many steps, at least 1, not 0");
        assertThatThrownBy(() -> new RateFinder(1, 0.1, 5))
                .hasMessage("the rate finder goes from a rate above 0 to a larger one in at least 2 steps, not from 1.0"
                        + " to 0.1 in 5");
        assertThatThrownBy(() -> RateFinder.standard()
                        .run((Schedule rate) -> new TrainStep<>(SLOPE, Sgd.of(rate)), Array.of(1.0), List.of()))
                .hasMessage("the rate finder needs at least one batch");
    }
}
