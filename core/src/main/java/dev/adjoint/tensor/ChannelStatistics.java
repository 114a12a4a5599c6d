package dev.adjoint.tensor;

/// Mean and variance of every channel, each `[C]`.
public record ChannelStatistics(Tensor mean, Tensor variance) implements Measured {
    /// These statistics moved towards those of a batch: (1 − m)·s + m·batch, for mean and variance alike. It is the update of
    /// the running statistics of PyTorch, which takes [BatchNormalized#unbiased] and momentum 0.1. No derivative flows
    /// through it.
    ///
    /// @param momentum m, from 0 (stay) to 1 (forget)
    /// @throws InvalidArgument if the momentum is not between 0 and 1
    public ChannelStatistics towards(ChannelStatistics batch, double momentum) {
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new InvalidArgument("a momentum of statistics lies between 0 and 1, not at " + momentum);
        }
        return new ChannelStatistics(moved(mean, batch.mean, momentum), moved(variance, batch.variance, momentum));
    }

    private static Tensor moved(Tensor from, Tensor to, double momentum) {
        return from.mul(1 - momentum).add(to.mul(momentum)).stopGradient();
    }
}
