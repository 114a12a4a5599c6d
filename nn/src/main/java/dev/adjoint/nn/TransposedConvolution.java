package dev.adjoint.nn;

import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.spatial.ConvTranspose;
import java.util.List;
import java.util.Optional;

/// The transpose of a convolution over one, two or three axes with a bias for every output channel, or none: every element
/// of x is spread over the kernel's extent, so that a stride makes the result larger.
///
/// x is `[N,in,positions…]`, y is `[N,out,extents…]`, stride times the positions with [ConvTranspose#same].
/// `ConvTranspose1d`, `ConvTranspose2d` and `ConvTranspose3d` of PyTorch; see
/// [dev.adjoint.op.contraction.ConvolutionInput]. Source: Zeiler, Krishnan, Taylor, Fergus, "Deconvolutional networks", 2010.
///
/// {@snippet :
/// TransposedConvolution layer =
///         TransposedConvolution.init(Key.of(1), Convolution.Size.of(16, 3, 4, 4), ConvTranspose.same().withStride(2));
/// Tensor y = layer.apply(x, Pass.evaluation());    // [N,3,2·H,2·W]
/// }
///
/// @param weight W, `[in,out/groups,taps…]`
/// @param bias b, `[out]`, or nothing
/// @param options stride, padding, dilation and groups of the convolution that is transposed, and padding of the output
public record TransposedConvolution(Tensor weight, Optional<Tensor> bias, ConvTranspose options) implements Layer {
    /// Weights for a ramp to follow ([Init#heNormal]), bias 0. A result adds up in/groups·|taps|/∏strides numbers.
    ///
    /// @param size channels in and out and the extents of the kernel
    /// @throws dev.adjoint.tensor.InvalidArgument if the groups do not divide the channels
    public static TransposedConvolution init(Key key, Convolution.Size size, ConvTranspose options) {
        long in = Convolution.grouped("transposed convolution", size, options.groups());
        Shape kernel = size.kernel(size.in(), size.out() / options.groups());
        long fanIn = Math.max(
                1, in * size.taps().count() / spread(options, size.taps().rank()));
        return new TransposedConvolution(
                Init.heNormal(key, fanIn, kernel.dims()), Optional.of(Init.zeros(size.out())), options);
    }

    /// By how much the result is larger than the input: the product of the strides.
    private static long spread(ConvTranspose options, int rank) {
        List<Long> strides = options.sliding().stride();
        long product = 1;
        for (int axis = 0; axis < rank; axis++) {
            product *= strides.get(strides.size() == 1 ? 0 : axis);
        }
        return product;
    }

    /// The same kernel and no bias.
    public TransposedConvolution unbiased() {
        return new TransposedConvolution(weight, Optional.empty(), options);
    }

    /// @throws dev.adjoint.tensor.ShapeMismatch if ranks or channels do not fit
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor y = switch (weight.rank()) {
            case 3 -> x.convTranspose1d(weight, options);
            case 4 -> x.convTranspose2d(weight, options);
            default -> x.convTranspose3d(weight, options);
        };
        return Convolution.shifted(y, bias);
    }
}
