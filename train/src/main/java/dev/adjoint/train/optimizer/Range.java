package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.InvalidArgument;

/// The ranges of an optimiser's numbers. NaN lies in none.
final class Range {
    private Range() {}

    /// 0 ≤ x < 1: a decay, a momentum.
    static void fraction(String owner, String name, double x) {
        require(x >= 0 && x < 1, owner, name, "lies between 0 and below 1, not at " + x);
    }

    /// 0 ≤ x < ∞.
    static void notNegative(String owner, String name, double x) {
        require(x >= 0 && x < Double.POSITIVE_INFINITY, owner, name, "is a number of at least 0, not " + x);
    }

    /// 0 < x < ∞.
    static void positive(String owner, String name, double x) {
        require(x > 0 && x < Double.POSITIVE_INFINITY, owner, name, "is a number above 0, not " + x);
    }

    /// n ≥ 1.
    static void count(String owner, String name, long n) {
        require(n >= 1, owner, name, "is at least 1, not " + n);
    }

    static void require(boolean holds, String owner, String name, String law) {
        if (!holds) {
            throw new InvalidArgument(owner + ": " + name + " " + law);
        }
    }
}
