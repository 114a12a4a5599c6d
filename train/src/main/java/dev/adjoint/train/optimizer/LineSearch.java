package dev.adjoint.train.optimizer;

import java.util.function.Function;

/// A step length that meets the strong Wolfe conditions: first a bracket that holds one, then cubic interpolation in it.
///
/// Source: Nocedal, Wright, "Numerical optimization", 2006, algorithms 3.5 and 3.6, with the safeguards of PyTorch's
/// `_strong_wolfe`. If 25 trials do not find one, the best place so far is taken.
final class LineSearch {
    private static final double DESCENT = 1e-4;
    private static final double FLATNESS = 0.9;
    private static final int TRIALS = 25;

    private final Function<Vector, Lbfgs.Place> objective;
    private final Vector direction;
    private final double tolerance;
    private final Probe start;
    private int trials;

    /// A step length, the place it leads to, and the slope along the direction there.
    record Probe(double rate, Lbfgs.Place place, double slope) {
        double value() {
            return place.value();
        }
    }

    /// Two ends between which a good step length lies; the lower one is the better place.
    private record Bracket(Probe low, Probe high) {
        static Bracket of(Probe one, Probe other) {
            return one.value() <= other.value() ? new Bracket(one, other) : new Bracket(other, one);
        }

        double from() {
            return Math.min(low.rate, high.rate);
        }

        double to() {
            return Math.max(low.rate, high.rate);
        }
    }

    LineSearch(Function<Vector, Lbfgs.Place> objective, Lbfgs.Place from, Vector direction, double tolerance) {
        this.objective = objective;
        this.direction = direction;
        this.tolerance = tolerance;
        this.start = new Probe(0, from, from.gradient().dot(direction));
    }

    /// Searches, trying a step length first.
    Probe from(double first) {
        Probe before = start;
        Probe probe = probe(first, 0);
        while (trials < TRIALS) {
            boolean passed = isTooHigh(probe) || (trials > 2 && probe.value() >= before.value());
            if (!passed && isFlat(probe)) {
                return probe;
            }
            if (passed || probe.slope >= 0) {
                return narrow(Bracket.of(before, probe));
            }
            double rate = probe.rate;
            double least = rate + 0.01 * (rate - before.rate);
            double next = Math.clamp(Cubic.minimum(before, probe, least, 10 * rate), least, 10 * rate);
            before = probe;
            probe = probe(next, rate);
        }
        return Bracket.of(start, probe).low;
    }

    private Probe narrow(Bracket first) {
        Bracket bracket = first;
        boolean cramped = false;
        while (trials < TRIALS && (bracket.to() - bracket.from()) * direction.largest() >= tolerance) {
            double rate = Cubic.minimum(bracket.low, bracket.high, bracket.from(), bracket.to());
            double margin = 0.1 * (bracket.to() - bracket.from());
            boolean near = Math.min(bracket.to() - rate, rate - bracket.from()) < margin;
            if (near && (cramped || rate >= bracket.to() || rate <= bracket.from())) {
                boolean high = bracket.to() - rate < rate - bracket.from();
                rate = high ? bracket.to() - margin : bracket.from() + margin;
                near = false;
            }
            cramped = near;
            Probe probe = probe(rate, bracket.low.rate);
            if (isTooHigh(probe) || probe.value() >= bracket.low.value()) {
                bracket = Bracket.of(bracket.low, probe);
            } else if (isFlat(probe)) {
                return probe;
            } else {
                boolean turns = probe.slope * (bracket.high.rate - bracket.low.rate) >= 0;
                bracket = new Bracket(probe, turns ? bracket.low : bracket.high);
            }
        }
        return bracket.low;
    }

    /// The place of a step length; as long as there is no finite number there, half as far from a length that has one.
    private Probe probe(double rate, double known) {
        double length = rate;
        while (true) {
            trials++;
            Lbfgs.Place place = objective.apply(start.place.weights().plus(length, direction));
            double slope = place.gradient().dot(direction);
            if (Double.isFinite(place.value()) && Double.isFinite(slope)) {
                return new Probe(length, place, slope);
            }
            if (trials >= TRIALS) {
                return start;
            }
            length = (length + known) / 2;
        }
    }

    private boolean isTooHigh(Probe probe) {
        return probe.value() > start.value() + DESCENT * probe.rate * start.slope;
    }

    private boolean isFlat(Probe probe) {
        return Math.abs(probe.slope) <= -FLATNESS * start.slope;
    }

    /// The cubic through two values and slopes.
    private static final class Cubic {
        private Cubic() {}

        /// Where it is least between two bounds; their middle if it has no minimum.
        static double minimum(Probe one, Probe other, double from, double to) {
            Probe left = one.rate <= other.rate ? one : other;
            Probe right = one.rate <= other.rate ? other : one;
            double width = right.rate - left.rate;
            double d1 = left.slope + right.slope - 3 * (right.value() - left.value()) / width;
            double square = d1 * d1 - left.slope * right.slope;
            if (!(square >= 0)) {
                return (from + to) / 2;
            }
            double d2 = Math.sqrt(square);
            double at = right.rate - width * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
            return Double.isNaN(at) ? (from + to) / 2 : Math.clamp(at, from, to);
        }
    }
}
