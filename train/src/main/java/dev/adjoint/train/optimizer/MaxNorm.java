package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;
import java.util.stream.IntStream;

/// A bound on the weights of every unit: w + Δ is scaled down to the norm c where it is longer. Stands behind the
/// optimiser.
///
/// A tensor with fewer than two axes, such as a bias, is left alone. PyTorch's `torch.renorm(w, 2, dim, maxnorm)`.
///
/// Source: Srebro, Shraibman, "Rank, trace-norm and max-norm", COLT 2005; for networks Hinton et al., "Improving neural
/// networks by preventing co-adaptation of feature detectors", arXiv:1207.0580.
///
/// @param limit c, above 0
/// @param unit the axis along which units follow each other; the norm is taken over all others. −1 for
///     [dev.adjoint.nn.Linear], 0 for convolution kernels
public record MaxNorm(double limit, int unit) implements Memoryless {
    public MaxNorm {
        Range.positive("max norm", "the limit", limit);
    }

    @Override
    public Tensor change(Tensor amount, Tensor weight) {
        if (weight.rank() < 2) {
            return amount;
        }
        int kept = unit < 0 ? unit + weight.rank() : unit;
        int[] others =
                IntStream.range(0, weight.rank()).filter(axis -> axis != kept).toArray();
        Tensor moved = weight.add(amount);
        Tensor norm = moved.square().sum(others).sqrt();
        for (int axis : others) {
            norm = norm.expand(axis);
        }
        Tensor isLong = norm.gt(limit);
        Tensor factor = isLong.where(isLong.where(norm, norm.onesLike()).rdiv(limit), norm.onesLike());
        return moved.mul(factor).sub(weight);
    }
}
