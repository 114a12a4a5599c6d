package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.spatial.Pool;

/// The mean of the elements under each position of a window over one, two or three axes: `[N,C,spatial…]` to
/// `[N,C,positions…]`. The extents of the pool say over how many. `AvgPool1d` … `AvgPool3d` of PyTorch.
///
/// {@snippet :
/// Tensor y = AveragePool.of(2, 2).apply(x, Pass.evaluation());
/// }
///
/// @param pool extents, stride, padding, dilation and rounding
/// @param padded whether padding counts as zeros or not at all
public record AveragePool(Pool pool, Pool.Padded padded) implements Layer {
    /// Windows side by side.
    ///
    /// @param taps the extents of the window
    public static AveragePool of(long... taps) {
        return new AveragePool(Pool.of(taps), Pool.Padded.COUNTED);
    }

    /// @throws dev.adjoint.tensor.ShapeMismatch if x has another number of spatial axes, or the window does not fit
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        SpatialAxes.require("averagepool", x, pool.taps().rank());
        return x.averagePool(pool, padded);
    }
}
