package dev.adjoint.data.transform;

import dev.adjoint.tensor.InvalidArgument;

/// The ranges of parameters.
final class Checks {
    private Checks() {}

    static void probability(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new InvalidArgument("a probability must lie between 0 and 1, not at " + probability);
        }
    }

    /// A range of positive numbers.
    static void range(String what, double least, double most) {
        if (!(least > 0 && least <= most && most < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgument(what + " must be a range of positive numbers, not " + least + " to " + most);
        }
    }
}
