package dev.adjoint.nn;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;

/// A convolution over two axes with a bias for every output channel: y = x ⋆ W + b.
///
/// x is `[N,in,H,W]`, y is `[N,out,positions…]`; see [dev.adjoint.op.contraction.Convolution].
///
/// @param weight W, `[out,in/groups,h,w]`
/// @param bias b, `[out]`
/// @param window stride, padding and dilation
/// @param groups the number of channel groups
public record Conv2d(Tensor weight, Tensor bias, Window window, long groups) implements Layer {
    /// Weights for a ramp to follow ([Init#heNormal]), bias 0, one group.
    ///
    /// @param size channels in and out and the extents of the kernel
    public static Conv2d init(Key key, Size size, Window window) {
        long fanIn = size.in * size.taps.count();
        Tensor weight = Init.heNormal(
                key, fanIn, Shape.of(size.out, size.in).append(size.taps).dims());
        return new Conv2d(weight, Init.zeros(size.out), window, 1);
    }

    /// Channels in and out and the extents of a kernel.
    public record Size(long in, long out, Shape taps) {
        /// A square kernel.
        public static Size square(long in, long out, long taps) {
            return new Size(in, out, Shape.of(taps, taps));
        }
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.conv2d(weight, window, groups).add(bias.reshape(-1, 1, 1));
    }
}
