package dev.adjoint.nn;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.spatial.Conv;
import java.util.Optional;

/// A convolution over one, two or three axes with a bias for every output channel, or none: y = x ⋆ W + b. The kernel says
/// over how many: `Size.of(3, 16, 5)` slides over a line, `Size.of(3, 16, 5, 5)` over an image.
///
/// x is `[N,in,L]`, `[N,in,H,W]` or `[N,in,D,H,W]`, y is `[N,out,positions…]`, as many positions as elements with
/// [Conv#same]. `Conv1d`, `Conv2d` and `Conv3d` of PyTorch; see [dev.adjoint.op.contraction.Convolution].
///
/// {@snippet :
/// Tensor y = Convolution.init(Key.of(1), Convolution.Size.of(16, 8, 3, 3), Conv.same()).apply(x, Pass.evaluation());
/// }
///
/// @param weight W, `[out,in/groups,taps…]`
/// @param bias b, `[out]`, or nothing
/// @param options stride, padding, dilation and groups
public record Convolution(Tensor weight, Optional<Tensor> bias, Conv options) implements Layer {
    /// Channels in and out and the extents of a kernel, one for every axis that it slides over.
    public record Size(long in, long out, Shape taps) {
        /// @throws InvalidArgument unless there are one to three extents, all of them at least 1
        public Size {
            if (in < 1 || out < 1 || taps.rank() < 1 || taps.rank() > 3 || taps.count() == 0) {
                throw new InvalidArgument(
                        "a convolution has channels in and out and a kernel of one to three extents of at"
                                + " least 1, not " + in + ", " + out + " and " + taps);
            }
        }

        /// A kernel of some extents.
        public static Size of(long in, long out, long... taps) {
            return new Size(in, out, Shape.of(taps));
        }

        /// The type of the kernel with its channels split into groups.
        Shape kernel(long first, long second) {
            return Shape.of(first, second).append(taps);
        }
    }

    /// Weights for a ramp to follow ([Init#heNormal]), bias 0.
    ///
    /// @param size channels in and out and the extents of the kernel
    /// @throws InvalidArgument if the groups do not divide the channels
    public static Convolution init(Key key, Size size, Conv options) {
        long in = grouped("convolution", size, options.groups());
        Shape kernel = size.kernel(size.out, in);
        return of(Init.heNormal(key, in * size.taps.count(), kernel.dims()), options);
    }

    /// Weights for scores or a saturating function to follow ([Init#glorotUniform]), bias 0.
    ///
    /// @param size channels in and out and the extents of the kernel
    /// @throws InvalidArgument if the groups do not divide the channels
    public static Convolution readout(Key key, Size size, Conv options) {
        long in = grouped("convolution", size, options.groups());
        long out = size.out / options.groups();
        Shape kernel = size.kernel(size.out, in);
        long taps = size.taps.count();
        return of(Init.glorotUniform(key, in * taps, out * taps, kernel.dims()), options);
    }

    /// Every channel convolved by itself with a kernel of its own: as many groups as channels. Weights for a ramp to follow
    /// ([Init#heNormal]), bias 0.
    ///
    /// @param channels in and out
    /// @param taps the extents of the kernel
    public static Convolution depthwise(Key key, long channels, Shape taps, Conv options) {
        return init(key, new Size(channels, channels, taps), options.withGroups(channels));
    }

    private static Convolution of(Tensor weight, Conv options) {
        return new Convolution(weight, Optional.of(Init.zeros(weight.dim(0))), options);
    }

    /// How many channels of the input each output sees.
    ///
    /// @throws InvalidArgument if the groups do not divide the channels
    static long grouped(String layer, Size size, long groups) {
        if (groups < 1 || size.in % groups != 0 || size.out % groups != 0) {
            throw new InvalidArgument(layer + ": " + groups + " groups must divide the channels, " + size.in
                    + " in and " + size.out + " out");
        }
        return size.in / groups;
    }

    /// The same kernel and no bias, as in front of a normalisation, which would take it away again.
    public Convolution unbiased() {
        return new Convolution(weight, Optional.empty(), options);
    }

    /// @throws dev.adjoint.tensor.ShapeMismatch if ranks or channels do not fit
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor y = switch (weight.rank()) {
            case 3 -> x.conv1d(weight, options);
            case 4 -> x.conv2d(weight, options);
            default -> x.conv3d(weight, options);
        };
        return shifted(y, bias);
    }

    /// A number added to every channel.
    static Tensor shifted(Tensor y, Optional<Tensor> bias) {
        return bias.map(b -> y.add(b.reshape(b.shape().append(Shape.scalar().padded(y.rank() - 2)))))
                .orElse(y);
    }
}
