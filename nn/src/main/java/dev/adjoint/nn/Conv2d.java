package dev.adjoint.nn;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import java.util.Optional;

/// A convolution over two axes, told by a ready [Window], with a bias for every output channel, or none: y = x ⋆ W + b.
///
/// x is `[N,in,H,W]`, y is `[N,out,positions…]`; see [dev.adjoint.op.contraction.Convolution]. [Convolution] takes one to
/// three axes, and padding that fits itself to the input.
///
/// {@snippet :
/// Conv2d layer = Conv2d.init(Key.of(1), Conv2d.Size.square(3, 16, 5), Window.dense(2).padding(2));
/// }
///
/// @param weight W, `[out,in/groups,h,w]`
/// @param bias b, `[out]`, or nothing
/// @param window stride, padding and dilation
/// @param groups the number of channel groups
public record Conv2d(Tensor weight, Optional<Tensor> bias, Window window, long groups) implements Layer {
    /// With a bias.
    public Conv2d(Tensor weight, Tensor bias, Window window, long groups) {
        this(weight, Optional.of(bias), window, groups);
    }

    /// Weights for a ramp to follow ([Init#heNormal]), bias 0, one group.
    ///
    /// @param size channels in and out and the extents of the kernel
    public static Conv2d init(Key key, Size size, Window window) {
        return grouped(key, size, window, 1);
    }

    /// Weights for a saturating function to follow ([Init#glorotUniform]), bias 0, one group.
    ///
    /// @param size channels in and out and the extents of the kernel
    public static Conv2d readout(Key key, Size size, Window window) {
        long taps = size.taps.count();
        Shape kernel = Shape.of(size.out, size.in).append(size.taps);
        Tensor weight = Init.glorotUniform(key, size.in * taps, size.out * taps, kernel.dims());
        return new Conv2d(weight, Init.zeros(size.out), window, 1);
    }

    /// Weights for a ramp to follow ([Init#heNormal]), bias 0; with as many groups as channels it convolves each by itself.
    ///
    /// @param size channels in and out and the extents of the kernel
    /// @throws InvalidArgument if the groups do not divide the channels
    public static Conv2d grouped(Key key, Size size, Window window, long groups) {
        if (groups < 1 || size.in % groups != 0 || size.out % groups != 0) {
            throw new InvalidArgument("conv2d: " + groups + " groups must divide the channels, " + size.in + " in and "
                    + size.out + " out");
        }
        long in = size.in / groups;
        Shape kernel = Shape.of(size.out, in).append(size.taps);
        Tensor weight = Init.heNormal(key, in * size.taps.count(), kernel.dims());
        return new Conv2d(weight, Init.zeros(size.out), window, groups);
    }

    /// Channels in and out and the extents of a kernel.
    public record Size(long in, long out, Shape taps) {
        /// A square kernel.
        public static Size square(long in, long out, long taps) {
            return new Size(in, out, Shape.of(taps, taps));
        }
    }

    /// The same kernel and no bias, as in front of a normalisation, which would take it away again.
    public Conv2d unbiased() {
        return new Conv2d(weight, Optional.empty(), window, groups);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor y = x.conv2d(weight, window, groups);
        return bias.map(b -> y.add(b.reshape(-1, 1, 1))).orElse(y);
    }
}
