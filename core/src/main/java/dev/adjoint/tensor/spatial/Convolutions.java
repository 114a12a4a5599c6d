package dev.adjoint.tensor.spatial;

import dev.adjoint.tensor.Algebra;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;

/// Convolutions, their transposes, and the columns that make them matrix products.
public interface Convolutions extends Algebra {
    /// [Convolution][dev.adjoint.op.contraction.Convolution] over one axis: this is `[N,C,L]`, the kernel
    /// `[O,C/groups,l]`, the result `[N,O,positions]`.
    ///
    /// @throws dev.adjoint.tensor.ShapeMismatch if ranks or channels do not fit
    default Tensor conv1d(Tensor kernel, Conv options) {
        return options.convolve(1, (Tensor) this, kernel);
    }

    /// [Convolution][dev.adjoint.op.contraction.Convolution] over two axes: this is `[N,C,H,W]`, the kernel
    /// `[O,C/groups,h,w]`, the result `[N,O,positions…]`.
    ///
    /// @throws dev.adjoint.tensor.ShapeMismatch if ranks or channels do not fit
    default Tensor conv2d(Tensor kernel, Conv options) {
        return options.convolve(2, (Tensor) this, kernel);
    }

    /// [Convolution][dev.adjoint.op.contraction.Convolution] over three axes: this is `[N,C,D,H,W]`, the kernel
    /// `[O,C/groups,d,h,w]`.
    ///
    /// @throws dev.adjoint.tensor.ShapeMismatch if ranks or channels do not fit
    default Tensor conv3d(Tensor kernel, Conv options) {
        return options.convolve(3, (Tensor) this, kernel);
    }

    /// [ConvolutionInput][dev.adjoint.op.contraction.ConvolutionInput], the transpose of [#conv1d] by its input: this is
    /// `[N,C,positions]`, the kernel `[C,O/groups,l]`, the result `[N,O,L]`.
    ///
    /// @throws dev.adjoint.tensor.ShapeMismatch if ranks or channels do not fit
    default Tensor convTranspose1d(Tensor kernel, ConvTranspose options) {
        return options.convolve(1, (Tensor) this, kernel);
    }

    /// [ConvolutionInput][dev.adjoint.op.contraction.ConvolutionInput], the transpose of [#conv2d(Tensor,Conv)] by its
    /// input: this is `[N,C,positions…]`, the kernel
    /// `[C,O/groups,h,w]`, the result `[N,O,H,W]`.
    ///
    /// @throws dev.adjoint.tensor.ShapeMismatch if ranks or channels do not fit
    default Tensor convTranspose2d(Tensor kernel, ConvTranspose options) {
        return options.convolve(2, (Tensor) this, kernel);
    }

    /// [ConvolutionInput][dev.adjoint.op.contraction.ConvolutionInput], the transpose of [#conv3d] by its input: this is
    /// `[N,C,positions…]`, the kernel
    /// `[C,O/groups,d,h,w]`, the result `[N,O,D,H,W]`.
    ///
    /// @throws dev.adjoint.tensor.ShapeMismatch if ranks or channels do not fit
    default Tensor convTranspose3d(Tensor kernel, ConvTranspose options) {
        return options.convolve(3, (Tensor) this, kernel);
    }

    /// The elements under every position of a window as columns: `[N,C,spatial…]` to `[N,C·|taps|,|positions|]`. A kernel
    /// `[O,C·|taps|]` times these columns is a convolution. `unfold` in PyTorch.
    ///
    /// @throws dev.adjoint.tensor.ShapeMismatch if this has another number of spatial axes, or the window does not fit
    default Tensor im2col(Shape taps, Sliding sliding) {
        return new Columns(sliding, taps).of((Tensor) this);
    }

    /// Columns added back to where [#im2col] read them: `[N,C·|taps|,|positions|]` to `[N,C,spatial…]`, its transpose.
    /// `fold` in PyTorch.
    ///
    /// @throws dev.adjoint.tensor.ShapeMismatch if the extents do not fit
    default Tensor col2im(Shape spatial, Shape taps, Sliding sliding) {
        return new Columns(sliding, taps).added((Tensor) this, spatial);
    }
}
