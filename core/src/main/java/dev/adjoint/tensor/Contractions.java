package dev.adjoint.tensor;

import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.ConvolutionInput;
import dev.adjoint.op.contraction.ConvolutionKernel;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.op.contraction.Window;

/// Sums of products.
public interface Contractions extends Algebra {
    /// The product of vectors and matrices as in NumPy: [MatMul] over the last two axes; a left vector is a row, a right
    /// vector a column, and their axis of extent 1 disappears again. Many matrices times one are one product of all rows.
    ///
    /// @throws ShapeMismatch if the inner extents differ
    default Tensor matmul(Tensor y) {
        if (rank() == 1 && y.rank() >= 1) {
            Tensor row = ((Tensor) this).expand(0).matmul(y);
            return y.rank() == 1 ? row.squeeze(0) : row.squeeze(-2);
        }
        if (y.rank() == 2 && rank() > 2 && dim(-1) == y.dim(0)) {
            Tensor rows = ((Tensor) this).reshape(shape().leading(1).count(), dim(-1));
            return rows.apply(new MatMul(), y)
                    .reshape(shape().leading(1).append(y.dim(1)).dims());
        }
        return y.rank() == 1 ? apply(new MatMul(), y.expand(1)).squeeze(-1) : apply(new MatMul(), y);
    }

    /// [Convolution] over two spatial axes, all channels together: this is `[N,C,H,W]`, the kernel `[O,C,h,w]`.
    default Tensor conv2d(Tensor kernel, Window window) {
        return conv2d(kernel, window, 1);
    }

    /// [Convolution] over two spatial axes in channel groups: this is `[N,C,H,W]`, the kernel `[O,C/groups,h,w]`.
    default Tensor conv2d(Tensor kernel, Window window, long groups) {
        return apply(new Convolution(window, groups), kernel);
    }

    /// [ConvolutionInput], the transpose of [#conv2d] by its input: this is `[N,O,p,q]`, the result `[N,C,H,W]` with the
    /// given spatial extents.
    default Tensor conv2dInput(Tensor kernel, Window window, Shape spatial) {
        return apply(new ConvolutionInput(window, 1, spatial), kernel);
    }

    /// [ConvolutionKernel], the transpose of [#conv2d] by its kernel: this is `[N,C,H,W]`, the cotangent `[N,O,p,q]`, the
    /// result `[O,C,h,w]` with the given taps.
    default Tensor conv2dKernel(Tensor cotangent, Window window, Shape taps) {
        return apply(new ConvolutionKernel(window, 1, taps), cotangent);
    }
}
