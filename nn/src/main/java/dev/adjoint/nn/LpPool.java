package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.spatial.Pool;

/// The p-norm of the elements under each position of a window over one, two or three axes, (Σ|x|ᵖ)^(1/p): `[N,C,spatial…]` to
/// `[N,C,positions…]`. The extents of the pool say over how many; padding counts as zeros. `LPPool1d` … `LPPool3d` of
/// PyTorch.
///
/// {@snippet :
/// Tensor y = new LpPool(2, Pool.of(2, 2)).apply(x, Pass.evaluation());
/// }
///
/// @param order p, above 0; 1 sums sizes, ∞ takes the largest
/// @param pool extents, stride, padding, dilation and rounding
public record LpPool(double order, Pool pool) implements Layer {
    /// @throws dev.adjoint.tensor.ShapeMismatch if x has another number of spatial axes, or the window does not fit
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        SpatialAxes.require("lppool", x, pool.taps().rank());
        return x.lpPool(order, pool);
    }
}
