package dev.adjoint.nn;

import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.spatial.Conv;
import java.util.Collections;
import java.util.Optional;

/// A convolution of every channel by itself, then one of a single tap over all channels: y = P ⋆ (D ⋆ x) + b. It has
/// in·(|taps| + out) weights where a [Convolution] has in·|taps|·out.
///
/// x is `[N,in,spatial…]`, y is `[N,out,positions…]`. Source: Chollet, "Xception: deep learning with depthwise separable
/// convolutions", 2017.
///
/// {@snippet :
/// SeparableConvolution layer = SeparableConvolution.init(Key.of(1), Convolution.Size.of(16, 8, 3, 3), Conv.same());
/// Tensor y = layer.apply(x, Pass.evaluation());
/// }
///
/// @param depthwise D, with as many groups as channels
/// @param pointwise P and b, with one tap
public record SeparableConvolution(Convolution depthwise, Convolution pointwise) implements Layer {
    /// Weights that keep the variance ([Init#lecunNormal]) and no bias, then those for a ramp to follow and bias 0.
    ///
    /// @param size channels in and out and the extents of the depthwise kernel
    /// @param options stride, padding and dilation of the depthwise convolution; its groups are the channels
    public static SeparableConvolution init(Key key, Convolution.Size size, Conv options) {
        long count = size.taps().count();
        Tensor weight =
                Init.lecunNormal(key.fold(0), count, size.kernel(size.in(), 1).dims());
        Convolution depthwise = new Convolution(weight, Optional.empty(), options.withGroups(size.in()));
        Shape point = Shape.of(Collections.nCopies(size.taps().rank(), 1L));
        Convolution.Size mix = new Convolution.Size(size.in(), size.out(), point);
        return new SeparableConvolution(depthwise, Convolution.init(key.fold(1), mix, Conv.valid()));
    }

    /// @throws dev.adjoint.tensor.ShapeMismatch if ranks or channels do not fit
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return pointwise.apply(depthwise.apply(x, pass), pass);
    }
}
