package dev.adjoint.train;

import dev.adjoint.tensor.Tensor;

/// A learning rate that depends on the step.
@FunctionalInterface
public interface Schedule {
    /// The rate of a step.
    ///
    /// @param step the number of the step, from 0, a floating number without axes
    Tensor rate(Tensor step);

    /// The same rate always.
    static Schedule constant(double rate) {
        return step -> step.constant(rate);
    }

    /// A half cosine from `rate` down to 0: rate·(1 + cos(π·min(t/T, 1)))/2.
    ///
    /// Source: Loshchilov, Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, without restarts.
    ///
    /// @param steps T, after which the rate stays 0
    static Schedule cosine(double rate, long steps) {
        return step ->
                step.div((double) steps).minimum(1).mul(Math.PI).cos().add(1).mul(rate / 2);
    }
}
