package dev.adjoint.train;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.train.optimizer.Schedule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// The learning-rate range test: steps whose rate grows from step to step, η(t) = lowest·(highest/lowest)^(t/(T−1)), until
/// the smoothed loss is four times the smallest one so far. The model that is given is not changed.
///
/// Source: Smith, "Cyclical learning rates for training neural networks", WACV 2017; smoothing by a bias-corrected mean and
/// the end are those of fast.ai's `lr_find`. The decay of the mean is 0.9, not 0.98: with some twenty steps for a power of
/// ten, a longer memory would see everything at a rate that is much too large.
///
/// @param lowest the first rate, above 0
/// @param highest the last rate, above the lowest
/// @param steps T, at least 2
public record RateFinder(double lowest, double highest, int steps) {
    private static final double SMOOTHING = 0.9;

    /// The mean of fewer losses than this is mostly chance.
    private static final int SETTLED = 10;

    private static final double EXPLODED = 4;

    /// One step: its rate, its loss, and the smoothed loss.
    public record Point(double rate, double loss, double smoothed) {}

    /// All steps.
    public record Curve(List<Point> points) {
        /// Where the smoothed loss falls most steeply over the logarithm of the rate, before it is least: a rate to begin with.
        public double steepest() {
            int end = points.indexOf(least()) + 1;
            int at = IntStream.range(Math.min(SETTLED, end - 1), end)
                    .filter(i -> i > 0)
                    .boxed()
                    .min(Comparator.comparingDouble(i -> points.get(i).smoothed - points.get(i - 1).smoothed))
                    .orElse(0);
            return points.get(at).rate;
        }

        /// A tenth of the rate at which the smoothed loss is least: the most that is usually borne.
        public double bearable() {
            return least().rate / 10;
        }

        private Point least() {
            return points.stream()
                    .min(Comparator.comparingDouble(Point::smoothed))
                    .orElseThrow();
        }
    }

    public RateFinder {
        if (!(lowest > 0 && highest > lowest && highest < Double.POSITIVE_INFINITY && steps >= 2)) {
            throw new InvalidArgument(
                    "the rate finder goes from a rate above 0 to a larger one in at least 2 steps, not" + " from "
                            + lowest + " to " + highest + " in " + steps);
        }
    }

    /// From 10⁻⁷ to 10 in 100 steps.
    public static RateFinder standard() {
        return new RateFinder(1e-7, 10, 100);
    }

    /// The losses of a model at growing rates.
    ///
    /// @param step the training step with an optimiser of the given schedule
    /// @param batches gone through again if there are too few
    /// @throws InvalidArgument if there are no batches, or the first loss is not a finite number
    public <M, B> Curve run(Function<Schedule, TrainStep<M, B>> step, M model, Iterable<B> batches) {
        double factor = Math.pow(highest / lowest, 1.0 / (steps - 1));
        TrainStep<M, B> grown = step.apply(Schedule.exponential(lowest, factor));
        Compiled<TrainStep.Argument<M, B>, TrainStep.Result<M>> compiled = Compiled.of(grown);
        TrainState<M> state = TrainState.start(model, grown.optimizer(), Key.of(0));
        List<Point> points = new ArrayList<>();
        double mean = 0;
        double least = Double.POSITIVE_INFINITY;
        Iterator<B> next = batches.iterator();
        for (int t = 0; t < steps; t++) {
            next = next.hasNext() ? next : batches.iterator();
            if (!next.hasNext()) {
                throw new InvalidArgument("the rate finder needs at least one batch");
            }
            TrainStep.Result<M> result = compiled.apply(new TrainStep.Argument<>(state, next.next()));
            state = result.state();
            double loss = Array.of(result.loss()).item();
            mean = SMOOTHING * mean + (1 - SMOOTHING) * loss;
            double smoothed = mean / (1 - Math.pow(SMOOTHING, t + 1));
            if (!(smoothed <= EXPLODED * least)) {
                break;
            }
            points.add(new Point(lowest * Math.pow(factor, t), loss, smoothed));
            least = Math.min(least, smoothed);
        }
        if (points.isEmpty()) {
            throw new InvalidArgument("the rate finder: the first loss is not a finite number");
        }
        return new Curve(List.copyOf(points));
    }
}
