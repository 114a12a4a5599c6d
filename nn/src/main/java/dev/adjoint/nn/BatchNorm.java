package dev.adjoint.nn;

import dev.adjoint.tensor.BatchNormalized;
import dev.adjoint.tensor.ChannelStatistics;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;

/// Batch normalisation: y = (x − μ) / √(σ² + ε)·γ + β for each channel.
///
/// x and y are `[N,C,…]`. While the network is trained, μ and σ² are those of the batch, and the pass is told
/// ([Pass#replace]) that the statistics become (1 − m)·s + m·batch with the unbiased variance; otherwise μ and σ² are the
/// statistics. Matches `BatchNorm1d` … `BatchNorm3d` of PyTorch. Source: Ioffe, Szegedy, "Batch normalization", 2015.
///
/// {@snippet :
/// Tensor y = BatchNorm.init(16).apply(x, Pass.evaluation());
/// }
///
/// @param weight γ, `[C]`
/// @param bias β, `[C]`
/// @param statistics mean and variance over the batches so far, each `[C]`
/// @param momentum m, from 0 (stay) to 1 (forget)
/// @param epsilon ε, above 0
public record BatchNorm(Tensor weight, Tensor bias, ChannelStatistics statistics, double momentum, double epsilon)
        implements Layer {
    public BatchNorm {
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new InvalidArgument("a momentum of statistics lies between 0 and 1, not at " + momentum);
        }
    }

    /// γ = 1, β = 0, statistics 0 and 1, m = 0.1, ε = 10⁻⁵.
    public static BatchNorm init(long channels) {
        var statistics = new ChannelStatistics(Init.zeros(channels), Init.ones(channels));
        return new BatchNorm(Init.ones(channels), Init.zeros(channels), statistics, 0.1, 1e-5);
    }

    /// @throws dev.adjoint.tensor.ShapeMismatch if the channels do not fit, or a batch to train on has one number per channel
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        if (!pass.isTraining()) {
            return x.batchNorm(statistics, weight, bias, epsilon);
        }
        BatchNormalized y = x.batchNorm(weight, bias, epsilon);
        pass.replace(statistics, now -> now.towards(likeThese(now, y.unbiased()), momentum));
        return y.result();
    }

    /// A batch in a narrow type is measured into statistics that stay wide.
    private static ChannelStatistics likeThese(ChannelStatistics now, ChannelStatistics batch) {
        return Tree.map(batch, measured -> measured.to(now.mean().dtype()));
    }
}
