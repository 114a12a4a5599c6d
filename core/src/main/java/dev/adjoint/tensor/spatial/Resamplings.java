package dev.adjoint.tensor.spatial;

import dev.adjoint.tensor.Algebra;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;

/// Values between elements.
public interface Resamplings extends Algebra {
    /// The last axes brought to other extents: `x.resize(Shape.of(64, 64), Interpolation.linear())`. Every axis is
    /// interpolated on its own, as [Interpolation] says; making an axis shorter does not smooth it before. Values outside are
    /// those of the last element. `interpolate` in PyTorch.
    ///
    /// @throws dev.adjoint.tensor.ShapeMismatch if there are fewer axes, or one has no element
    /// @throws dev.adjoint.tensor.DTypeMismatch for integers, unless the method is nearest
    default Tensor resize(Shape extents, Interpolation interpolation) {
        return interpolation.resize((Tensor) this, extents);
    }

    /// This tensor `[N,C,spatial…]` at the points of a grid `[N,points…,d]`, which holds a coordinate from −1 to 1 for each of
    /// the d spatial axes, the innermost axis first: (x, y) for images. The result is `[N,C,points…]`. Differentiable in
    /// both; the derivative by the grid jumps where points cross elements. `grid_sample` in PyTorch.
    ///
    /// @throws dev.adjoint.tensor.ShapeMismatch if ranks, batches or coordinates do not fit
    /// @throws dev.adjoint.tensor.InvalidArgument if the options name a method or coordinates that it has not
    default Tensor gridSample(Tensor grid, GridSampling options) {
        return new GridReading((Tensor) this, grid, options).read();
    }
}
