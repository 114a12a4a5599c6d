package dev.adjoint.train.optimizer;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// A learning rate η(t) that depends on the step t = 0, 1, 2, …
///
/// The step is a tensor in the optimiser's state, so a schedule is part of the compiled step. Schedules are made of each
/// other by [#warmUp], [#then] and [#times]. Every one can be drawn:
///
/// {@snippet :
/// Schedule schedule = Schedule.cosine(1e-3, 900).warmUp(100);
/// double[] rates = schedule.values(1000);
/// }
@FunctionalInterface
public interface Schedule {
    /// The rate of a step.
    ///
    /// @param step the number of the step, from 0, a floating number without axes
    Tensor rate(Tensor step);

    /// η(t) = η.
    ///
    /// @param rate η, at least 0
    static Schedule constant(double rate) {
        Range.notNegative("schedule", "a learning rate", rate);
        return step -> step.constant(rate);
    }

    /// η(t) = η·f^⌊t/k⌋. PyTorch's `StepLR`.
    ///
    /// @param rate η
    /// @param every k, at least 1
    /// @param factor f, above 0
    static Schedule step(double rate, long every, double factor) {
        Range.notNegative("schedule", "a learning rate", rate);
        Range.count("step schedule", "the number of steps", every);
        Range.positive("step schedule", "the factor", factor);
        return step -> power(factor, step.div((double) every).floor()).mul(rate);
    }

    /// η(t) = η·f^(number of milestones ≤ t). PyTorch's `MultiStepLR`.
    static Schedule multiStep(double rate, double factor, long... milestones) {
        Range.notNegative("schedule", "a learning rate", rate);
        Range.positive("multi-step schedule", "the factor", factor);
        long[] at = milestones.clone();
        return step -> {
            Tensor passed = step.zerosLike();
            for (long milestone : at) {
                passed = passed.add(step.ge((double) milestone).to(step.dtype()));
            }
            return power(factor, passed).mul(rate);
        };
    }

    /// η(t) = η·fᵗ. PyTorch's `ExponentialLR`.
    static Schedule exponential(double rate, double factor) {
        Range.notNegative("schedule", "a learning rate", rate);
        Range.positive("exponential schedule", "the factor", factor);
        return step -> power(factor, step).mul(rate);
    }

    /// η(t) = η/(1 + t·λ). The `lr_decay` of PyTorch's `Adagrad`.
    static Schedule inverseTime(double rate, double decay) {
        Range.notNegative("schedule", "a learning rate", rate);
        Range.notNegative("inverse time schedule", "the decay", decay);
        return step -> step.mul(decay).add(1).rdiv(rate);
    }

    /// η(t) = η·(1 − min(t/T, 1))^p; straight for p = 1. PyTorch's `PolynomialLR`.
    ///
    /// @param steps T, after which the rate stays 0
    /// @param power p, above 0
    static Schedule polynomial(double rate, long steps, double power) {
        Range.notNegative("schedule", "a learning rate", rate);
        Range.count("polynomial schedule", "the number of steps", steps);
        Range.positive("polynomial schedule", "the power", power);
        return step -> part(step, (double) steps).rsub(1).pow(power).mul(rate);
    }

    /// A half cosine from `rate` down to 0: η(t) = η·(1 + cos(π·min(t/T, 1)))/2.
    ///
    /// Source: Loshchilov, Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, without restarts.
    /// PyTorch's `CosineAnnealingLR` until T; after that, the rate stays 0.
    ///
    /// @param steps T
    static Schedule cosine(double rate, long steps) {
        return cosine(rate, 0, steps);
    }

    /// A half cosine from `rate` to `last`: η(t) = last + (η − last)·(1 + cos(π·min(t/T, 1)))/2.
    ///
    /// @param steps T, after which the rate stays at `last`
    static Schedule cosine(double rate, double last, long steps) {
        Range.notNegative("schedule", "a learning rate", rate);
        Range.notNegative("schedule", "the last rate", last);
        Range.count("cosine schedule", "the number of steps", steps);
        return step -> Annealing.cosine(rate, last, part(step, (double) steps));
    }

    /// Half cosines from `rate` to 0, each m times as long as the one before: η(t) = η·(1 + cos(π·u/(T·mⁿ)))/2 for the
    /// u-th step of the n-th cosine. PyTorch's `CosineAnnealingWarmRestarts`.
    ///
    /// Source: Loshchilov, Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017.
    ///
    /// @param steps T, the length of the first
    /// @param multiplier m, at least 1
    static Schedule cosineRestarts(double rate, long steps, int multiplier) {
        Range.notNegative("schedule", "a learning rate", rate);
        Range.count("cosine schedule with restarts", "the number of steps", steps);
        Range.count("cosine schedule with restarts", "the multiplier", multiplier);
        return step -> Annealing.cosine(rate, 0, Annealing.restarting(step, (double) steps, multiplier));
    }

    /// One cycle: up from peak/25 to the peak in the first 30 % of the steps, then down to a ten-thousandth of where it
    /// began, both by half cosines. See [OneCycle] for other proportions.
    static Schedule oneCycle(double peak, long steps) {
        return OneCycle.of(peak, steps);
    }

    /// η(t) = the rate that stands at the last boundary that is not after t.
    ///
    /// @param rates the rates by the step from which they hold; one holds from step 0
    static Schedule piecewise(Map<Long, Double> rates) {
        TreeMap<Long, Double> sorted = new TreeMap<>(rates);
        Range.require(
                !sorted.isEmpty() && sorted.firstKey() == 0,
                "piecewise schedule",
                "the first rate",
                "holds from step 0 on, but the steps are " + sorted.keySet());
        sorted.values().forEach(rate -> Range.notNegative("schedule", "a learning rate", rate));
        return step -> {
            Tensor rate = step.zerosLike();
            for (Map.Entry<Long, Double> piece : sorted.entrySet()) {
                rate = step.ge((double) piece.getKey()).where(step.constant(piece.getValue()), rate);
            }
            return rate;
        };
    }

    /// A straight rise to this schedule's first rate, then this schedule from its beginning: η(t) = η(0)·t/W for t < W,
    /// then η(t − W).
    ///
    /// PyTorch's `SequentialLR` of `LinearLR(start_factor → 0)` and this schedule.
    ///
    /// Source: Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", arXiv:1706.02677.
    ///
    /// @param steps W, at least 0
    default Schedule warmUp(long steps) {
        return warmUp(steps, 0);
    }

    /// A straight rise from a share of this schedule's first rate: η(t) = η(0)·(s + (1 − s)·t/W) for t < W, then
    /// η(t − W). PyTorch's `SequentialLR` of `LinearLR(start_factor = s, total_iters = W)` and this schedule.
    ///
    /// @param steps W, at least 0
    /// @param start s, from 0 to 1
    default Schedule warmUp(long steps, double start) {
        Range.notNegative("warm-up", "the number of steps", (double) steps);
        Range.require(start >= 0 && start <= 1, "warm-up", "the first share", "lies between 0 and 1, not at " + start);
        if (steps == 0) {
            return this;
        }
        Schedule rise =
                step -> part(step, (double) steps).mul(1 - start).add(start).mul(rate(step.zerosLike()));
        return rise.then(steps, this);
    }

    /// This schedule, and from a step on another one, which begins there: η(t) for t < at, then next(t − at). PyTorch's
    /// `SequentialLR`.
    default Schedule then(long at, Schedule next) {
        Range.notNegative("schedule", "the step of a change", (double) at);
        return step -> step.lt((double) at)
                .where(rate(step), next.rate(step.sub((double) at).maximum(0)));
    }

    /// The product of two schedules: η(t)·other(t). PyTorch's `ChainedScheduler`.
    default Schedule times(Schedule other) {
        return step -> rate(step).mul(other.rate(step));
    }

    /// The rates of the first steps, for a chart: `LossChart.Series.of("rate", schedule.values(1000))` of the module
    /// `dev.adjoint.draw` is a curve through them.
    default double[] values(int steps) {
        Compiled<Tensor, Tensor> compiled = Compiled.of((Tensor step) -> rate(step));
        double[] values = new double[steps];
        Arrays.setAll(
                values,
                t -> Array.of(compiled.apply(Array.scalar(DType.F64, t))).item());
        return values;
    }

    private static Tensor power(double factor, Tensor exponent) {
        return exponent.constant(factor).pow(exponent);
    }

    /// min(t/T, 1).
    private static Tensor part(Tensor step, double steps) {
        return step.div(steps).minimum(1);
    }
}
