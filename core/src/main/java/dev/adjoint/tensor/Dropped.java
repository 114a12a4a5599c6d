package dev.adjoint.tensor;

import java.util.List;

/// The laws of leaving out.
final class Dropped {
    /// What a scaled exponential unit tends to on the left: −λα.
    static final double SATURATED = -1.7580993408473766;

    private Dropped() {}

    static double checked(double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new InvalidArgument("a dropout rate lies between 0 and 1, not at " + rate);
        }
        return rate;
    }

    /// The first extents of a tensor, all others 1.
    static Shape leading(Tensor x, int axes) {
        if (x.rank() < axes) {
            throw new ShapeMismatch(
                    "dropout", List.of(x.type()), "x must have at least " + axes + (axes == 1 ? " axis" : " axes"));
        }
        Shape ones = Shape.scalar().padded(x.rank() - axes);
        return x.shape().part(0, axes).append(ones);
    }
}
