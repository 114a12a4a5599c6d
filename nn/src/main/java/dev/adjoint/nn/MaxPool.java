package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.spatial.Pool;

/// The largest element under each position of a window over one, two or three axes: `[N,C,spatial…]` to `[N,C,positions…]`.
/// The extents of the pool say over how many; padding never wins. `MaxPool1d` … `MaxPool3d` of PyTorch.
///
/// {@snippet :
/// Tensor y = MaxPool.of(2, 2).apply(x, Pass.evaluation());
/// }
///
/// @param pool extents, stride, padding, dilation and rounding
public record MaxPool(Pool pool) implements Layer {
    /// Windows side by side.
    ///
    /// @param taps the extents of the window
    public static MaxPool of(long... taps) {
        return new MaxPool(Pool.of(taps));
    }

    /// @throws dev.adjoint.tensor.ShapeMismatch if x has another number of spatial axes, or the window does not fit
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        SpatialAxes.require("maxpool", x, pool.taps().rank());
        return x.maxPool(pool);
    }
}
