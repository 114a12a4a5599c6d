package dev.adjoint.tensor.spatial;

import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// The options of a convolution: `Conv.same().withStride(2).withGroups(4)`. Numbers given once hold for all axes.
///
/// @param sliding stride, padding and dilation
/// @param groups the number of channel groups, which do not see each other; as many as channels make the convolution
///     depthwise
public record Conv(Sliding sliding, long groups) {
    /// Stride 1, no padding, no dilation, one group.
    public static Conv valid() {
        return new Conv(Sliding.dense(), 1);
    }

    /// As many positions as elements, divided by the stride: [Padding.Same].
    public static Conv same() {
        return valid().withPadding(new Padding.Same());
    }

    public Conv withStride(long... stride) {
        return new Conv(sliding.withStride(stride), groups);
    }

    public Conv withPadding(Padding padding) {
        return new Conv(sliding.withPadding(padding), groups);
    }

    /// The same zero padding before and behind: one number for all axes, or one each.
    public Conv withPadding(long... both) {
        return new Conv(sliding.withPadding(both), groups);
    }

    public Conv withDilation(long... dilation) {
        return new Conv(sliding.withDilation(dilation), groups);
    }

    public Conv withGroups(long groups) {
        return new Conv(sliding, groups);
    }

    Tensor convolve(int rank, Tensor x, Tensor kernel) {
        String operator = "conv" + rank + "d";
        checkRanks(operator, rank, x, kernel);
        Shape taps = kernel.shape().trailing(rank);
        Window window = sliding.window(operator, x.shape().trailing(rank), taps);
        return x.apply(new Convolution(window, groups), kernel);
    }

    static void checkRanks(String operator, int rank, Tensor x, Tensor kernel) {
        if (x.rank() != rank + 2 || kernel.rank() != rank + 2) {
            throw new ShapeMismatch(
                    operator,
                    List.of(x.type(), kernel.type()),
                    "both operands need " + (rank + 2) + " axes: batch (or channels out), channels and " + rank
                            + " spatial"
                            + (x.rank() == rank + 1 ? ". A single example becomes a batch by x.expand(0)" : ""));
        }
    }
}
