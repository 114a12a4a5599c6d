package dev.adjoint.nn;

import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;

/// The means of parts of the last axes, for results of given extents whatever those of the input are: `[N,C,spatial…]` to
/// `[N,C,extents…]`. `AdaptiveAvgPool1d` … `AdaptiveAvgPool3d` of PyTorch; see
/// [dev.adjoint.tensor.spatial.Poolings#adaptiveAveragePool].
///
/// {@snippet :
/// Tensor y = new AdaptiveAveragePool(Shape.of(3, 3)).apply(x, Pass.evaluation());
/// }
///
/// @param extents of the result, one for every spatial axis
public record AdaptiveAveragePool(Shape extents) implements Layer {
    /// @throws dev.adjoint.tensor.ShapeMismatch if x has another number of spatial axes, or one without elements
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        SpatialAxes.require("adaptiveaveragepool", x, extents.rank());
        return x.adaptiveAveragePool(extents);
    }
}
