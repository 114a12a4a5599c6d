package dev.adjoint.tensor;

import dev.adjoint.op.composite.BatchNorm;
import dev.adjoint.op.composite.BatchNormTraining;
import dev.adjoint.op.composite.ChannelNorm;
import dev.adjoint.op.composite.GroupNorm;
import dev.adjoint.op.composite.LayerNorm;
import dev.adjoint.op.composite.LayerNormGradient;
import dev.adjoint.op.composite.LocalResponseNorm;
import dev.adjoint.op.composite.RmsNorm;
import dev.adjoint.op.composite.Standardize;
import java.util.List;

/// Numbers brought to a common size. Epsilons are inside the roots, as in PyTorch.
public interface Normalisations extends Algebra {
    /// [Standardize]: zero mean and unit variance along some axes.
    default Tensor standardize(Axes axes, double epsilon) {
        return apply(new Standardize(axes, epsilon));
    }

    /// [LayerNorm] over the axes of the weight, which are the last.
    default Tensor layerNorm(Tensor weight, Tensor bias, double epsilon) {
        return apply(new LayerNorm(epsilon), weight, bias);
    }

    /// [LayerNormGradient], the reverse rule of a [LayerNorm] of this: the cotangents of this, the weight and the bias.
    default List<Tensor> layerNormGradient(Tensor weight, Tensor cotangent, double epsilon) {
        return apply(new LayerNormGradient(epsilon), List.of((Tensor) this, weight, cotangent));
    }

    /// [GroupNorm]: this is `[N,C,…]`, weight and bias are `[C]`.
    default Tensor groupNorm(long groups, Tensor weight, Tensor bias, double epsilon) {
        return apply(new GroupNorm(groups, epsilon), weight, bias);
    }

    /// Instance normalisation: [GroupNorm] in which every channel is a group. This is `[N,C,…]`, weight and bias are `[C]`.
    default Tensor instanceNorm(Tensor weight, Tensor bias, double epsilon) {
        if (rank() < 3) {
            throw new ShapeMismatch("instancenorm", List.of(type()), "x must be [N,C,…] with at least one axis inside");
        }
        return groupNorm(Math.max(1, dim(1)), weight, bias, epsilon);
    }

    /// [RmsNorm] over the axes of the weight, which are the last.
    default Tensor rmsNorm(Tensor weight, double epsilon) {
        return apply(new RmsNorm(epsilon), weight);
    }

    /// [BatchNorm] with given statistics, as a trained network is used: this is `[N,C,…]`, all others are `[C]`.
    default Tensor batchNorm(ChannelStatistics statistics, Tensor weight, Tensor bias, double epsilon) {
        return apply(new BatchNorm(epsilon), weight, bias, statistics.mean(), statistics.variance());
    }

    /// [ChannelNorm]: every channel with its own mean and deviation; this is `[N,C,…]`, weight and bias are `[C]`.
    default Tensor channelNorm(Tensor weight, Tensor bias, double epsilon) {
        return apply(new ChannelNorm(epsilon), weight, bias);
    }

    /// [BatchNormTraining] with the statistics of this batch, as a network is trained: this is `[N,C,…]`, weight and bias are
    /// `[C]`.
    ///
    /// {@snippet :
    /// BatchNormalized y = x.batchNorm(weight, bias, 1e-5);
    /// ChannelStatistics running = statistics.towards(y.unbiased(), 0.1);
    /// Tensor used = x.batchNorm(running, weight, bias, 1e-5);
    /// }
    default BatchNormalized batchNorm(Tensor weight, Tensor bias, double epsilon) {
        List<Tensor> results = apply(new BatchNormTraining(epsilon), List.of((Tensor) this, weight, bias));
        long count = shape().count() / Math.max(1, dim(1));
        return new BatchNormalized(results.get(0), new ChannelStatistics(results.get(1), results.get(2)), count);
    }

    /// [LocalResponseNorm]: this is `[N,C,…]`.
    default Tensor localResponseNorm(long size, double alpha, double beta, double k) {
        return apply(new LocalResponseNorm(size, alpha, beta, k));
    }
}
