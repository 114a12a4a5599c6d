package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;

/// What becomes of the losses of a batch: the `reduction` of PyTorch.
public enum Aggregation {
    /// All losses stay.
    NONE,
    /// Their sum.
    SUM,
    /// Their sum divided by their number.
    MEAN,
    /// Their sum divided by the number of examples, which axis 0 counts: where every example has several losses, as in
    /// [DistributionLosses#klDivergence], this is the mean of their sums.
    EXAMPLE_MEAN;

    /// The losses put together.
    public Tensor of(Tensor losses) {
        return switch (this) {
            case NONE -> losses;
            case SUM -> losses.sum();
            case MEAN -> losses.mean();
            case EXAMPLE_MEAN -> losses.rank() == 0 ? losses : losses.sum().div((double) losses.dim(0));
        };
    }

    /// The losses put together where each has a weight that is already in it: means are divided by the sum of the weights.
    Tensor of(Tensor losses, Tensor weights) {
        return switch (this) {
            case NONE -> losses;
            case SUM -> losses.sum();
            case MEAN, EXAMPLE_MEAN -> losses.sum().div(weights.sum());
        };
    }
}
