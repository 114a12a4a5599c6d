package dev.adjoint.train.diagnosis;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.Evaluation;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.TrainStep;
import java.util.ArrayList;
import java.util.List;

/// Whether the training step can learn one batch by heart: a network that cannot will not learn more. Steps on one batch with
/// the optimiser as it is, until 1/100 of the first loss is left; losses are those of the model in use, without dropout.
///
/// @param steps at most so many
public record OverfitBatch(int steps) implements Check {
    private static final double ENOUGH = 0.01;
    private static final double GOOD = 0.1;
    private static final double POOR = 0.5;

    public OverfitBatch {
        if (steps < 1) {
            throw new InvalidArgument("overfitting needs at least one step, not " + steps);
        }
    }

    /// At most 200 steps.
    public static OverfitBatch standard() {
        return new OverfitBatch(200);
    }

    @Override
    public <M, B> Result run(Subject<M, B> subject) {
        Compiled<TrainStep.Argument<M, B>, TrainStep.Result<M>> step = Compiled.of(subject.step());
        Compiled<Evaluation.Argument<M, B>, Tensor> used = Compiled.of(a -> subject.evaluated(a.model(), a.batch()));
        TrainState<M> state = subject.start();
        List<Point> points = new ArrayList<>();
        double loss = Double.NaN;
        for (int t = 0; t <= steps; t++) {
            loss = Array.of(used.apply(new Evaluation.Argument<>(state.model(), subject.batch())))
                    .item();
            if (isShown(t) || t == steps) {
                points.add(new Point(t, loss));
            }
            if (!(loss > ENOUGH * points.getFirst().loss) || t == steps) {
                break;
            }
            state = step.apply(new TrainStep.Argument<>(state, subject.batch())).state();
        }
        if (points.getLast().step != state.steps()) {
            points.add(new Point(state.steps(), loss));
        }
        return new Result(points);
    }

    /// 0, 1, 2, 4, 8 …
    private static boolean isShown(int step) {
        return Integer.bitCount(step) <= 1;
    }

    /// The loss after some steps.
    public record Point(long step, double loss) {}

    /// What was found.
    ///
    /// @param points the losses from step 0 on; the last is where it ended
    public record Result(List<Point> points) implements CheckResult {
        public Result {
            points = List.copyOf(points);
        }

        private double first() {
            return points.getFirst().loss;
        }

        private double last() {
            return points.getLast().loss;
        }

        @Override
        public String check() {
            return "overfitting one batch";
        }

        @Override
        public Verdict verdict() {
            if (!(last() <= POOR * first())) {
                return Verdict.BROKEN;
            }
            return last() <= GOOD * first() ? Verdict.FINE : Verdict.WORTH_A_LOOK;
        }

        @Override
        public String summary() {
            long steps = points.getLast().step;
            String way =
                    "from " + Wording.number(first()) + " to " + Wording.number(last()) + " in " + steps + " steps";
            if (!Double.isFinite(last())) {
                return "the loss of one batch diverges: " + way;
            }
            if (last() > first()) {
                return "the loss of one batch rises " + way;
            }
            return switch (verdict()) {
                case FINE -> "the batch is learned by heart: its loss falls " + way;
                case WORTH_A_LOOK -> "the batch is learned slowly: its loss falls " + way;
                case BROKEN -> "the batch is not learned: its loss goes " + way;
            };
        }

        @Override
        public List<String> advice() {
            if (verdict() == Verdict.FINE) {
                return List.of();
            }
            if (!(last() <= first())) {
                return List.of(
                        "lower the learning rate, by ten for a start (`RateFinder` finds one)", "clip gradients");
            }
            return List.of(
                    "raise the learning rate, or give it more steps",
                    "look at the gradients and activations by layer",
                    "look whether features and labels belong together, and whether equal examples have unequal labels",
                    "switch regularisation off until this works; if all is right, a larger network");
        }

        @Override
        public List<Figures> figures() {
            return List.of(new Figures(
                    "steps",
                    List.of("step", "loss"),
                    points.stream()
                            .map(p -> List.<Figure>of(new Figure.Count(p.step), new Figure.Real(p.loss)))
                            .toList()));
        }
    }
}
