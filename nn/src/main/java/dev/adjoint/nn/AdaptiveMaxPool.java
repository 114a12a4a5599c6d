package dev.adjoint.nn;

import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;

/// The largest elements of parts of the last axes, for results of given extents whatever those of the input are:
/// `[N,C,spatial…]` to `[N,C,extents…]`. `AdaptiveMaxPool1d` … `AdaptiveMaxPool3d` of PyTorch; see
/// [dev.adjoint.tensor.spatial.Poolings#adaptiveMaxPool].
///
/// {@snippet :
/// Tensor y = new AdaptiveMaxPool(Shape.of(3, 3)).apply(x, Pass.evaluation());
/// }
///
/// @param extents of the result, one for every spatial axis
public record AdaptiveMaxPool(Shape extents) implements Layer {
    /// @throws dev.adjoint.tensor.ShapeMismatch if x has another number of spatial axes, or one without elements
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        SpatialAxes.require("adaptivemaxpool", x, extents.rank());
        return x.adaptiveMaxPool(extents);
    }
}
