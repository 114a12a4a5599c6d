package dev.adjoint.tensor;

/// What batch normalisation returns while a network is trained.
///
/// @param result the normalised batch
/// @param biased mean of every channel, and its variance as the mean of the squared distances
/// @param count how many numbers of every channel there are
public record BatchNormalized(Tensor result, ChannelStatistics biased, long count) {
    /// The statistics with the unbiased variance n/(n − 1)·σ², which estimates that of unseen examples.
    public ChannelStatistics unbiased() {
        double correction = (double) count / (double) (count - 1);
        return new ChannelStatistics(biased.mean(), biased.variance().mul(correction));
    }
}
