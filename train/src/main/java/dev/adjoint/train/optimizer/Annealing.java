package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;

/// Half cosines between two rates.
final class Annealing {
    /// Logarithms of whole powers may fall short of the whole number by their rounding.
    private static final double ROUNDING = 1e-9;

    private Annealing() {}

    /// last + (first − last)·(1 + cos(π·u))/2 for u from 0 to 1.
    static Tensor cosine(double first, double last, Tensor part) {
        return part.mul(Math.PI).cos().add(1).mul((first - last) / 2).add(last);
    }

    /// What part of its period is over, from 0 to below 1, where the n-th period has T·mⁿ steps.
    static Tensor restarting(Tensor step, double steps, int multiplier) {
        if (multiplier == 1) {
            Tensor periods = step.div(steps);
            return periods.sub(periods.floor());
        }
        // T·(mⁿ − 1)/(m − 1) steps lie before the n-th period.
        Tensor grown = step.mul((multiplier - 1) / steps).add(1);
        Tensor period = grown.log().div(Math.log(multiplier)).add(ROUNDING).floor();
        Tensor power = period.constant(multiplier).pow(period);
        Tensor start = power.sub(1).mul(steps / (multiplier - 1));
        return step.sub(start).div(power.mul(steps));
    }
}
