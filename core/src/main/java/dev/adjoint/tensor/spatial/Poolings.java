package dev.adjoint.tensor.spatial;

import dev.adjoint.tensor.Algebra;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/// Many elements under a window into one. The window slides over the last axes, as many as it has; the adaptive words take
/// the extents of the result instead of a window.
public interface Poolings extends Algebra {
    /// [MaxPool][dev.adjoint.op.composite.MaxPool]: the largest element under each position of a window; padding never wins.
    ///
    /// @throws ShapeMismatch if the window does not fit
    default Tensor maxPool(Pool pool) {
        return ((Tensor) this).maxPool(pool.window("maxPool", type()), pool.taps());
    }

    /// [#maxPool(Pool)] and the place of each winner, the first of those that tie, which alone receives the cotangent.
    ///
    /// @throws ShapeMismatch if the window does not fit
    /// @throws dev.adjoint.tensor.InvalidArgument if a window lies wholly in the padding
    default MaxPooled maxPoolWithIndices(Pool pool) {
        return Windowed.of("maxPoolWithIndices", (Tensor) this, pool).largest();
    }

    /// The values put at their places, zeros elsewhere: undoes [#maxPoolWithIndices]. Where several name a place, the last
    /// one stays.
    ///
    /// @param indices the places in row-major order of the result's last axes, of this tensor's shape
    /// @param spatial the extents of these axes
    /// @throws ShapeMismatch if the indices have another shape or this has fewer axes
    default Tensor maxUnpool(Tensor indices, Shape spatial) {
        if (!indices.shape().equals(shape()) || rank() < spatial.rank()) {
            throw new ShapeMismatch(
                    "maxUnpool",
                    List.of(type(), indices.type()),
                    "needs an index for every value, and " + spatial.rank() + " axes for " + spatial);
        }
        return Windowed.unpooled((Tensor) this, indices, spatial);
    }

    /// The mean of the elements under each position of a window; padding counts as zeros.
    ///
    /// @throws ShapeMismatch if the window does not fit
    default Tensor averagePool(Pool pool) {
        return averagePool(pool, Pool.Padded.COUNTED);
    }

    /// The mean of the elements under each position of a window. What [Pool.Rounding#CEIL] adds behind the padding is never
    /// counted.
    ///
    /// @throws ShapeMismatch if the window does not fit
    /// @throws dev.adjoint.tensor.InvalidArgument if nothing is counted under a window
    default Tensor averagePool(Pool pool, Pool.Padded padded) {
        return Windowed.of("averagePool", (Tensor) this, pool).average(padded);
    }

    /// The p-norm of the elements under each position of a window: (Σₖ |x|ᵖ)^(1/p); padding counts as zeros. The sum of order 1
    /// over the number of taps is the mean of sizes, order ∞ the largest size.
    ///
    /// @throws ShapeMismatch if the window does not fit
    /// @throws dev.adjoint.tensor.InvalidArgument if the order is negative
    /// @see dev.adjoint.op.composite.Norm
    default Tensor lpPool(double order, Pool pool) {
        return Windowed.of("lpPool", (Tensor) this, pool).norm(order);
    }

    /// The mean over all spatial axes, those behind batch and channels, which stay with extent 1.
    ///
    /// @throws ShapeMismatch if there is none
    default Tensor globalAveragePool() {
        return ((Tensor) this).mean(spatialAxes("globalAveragePool"));
    }

    /// The largest element over all spatial axes, those behind batch and channels, which stay with extent 1.
    ///
    /// @throws ShapeMismatch if there is none
    default Tensor globalMaxPool() {
        return ((Tensor) this).max(spatialAxes("globalMaxPool"));
    }

    private Axes spatialAxes(String operator) {
        if (rank() < 3) {
            throw new ShapeMismatch(operator, List.of(type()), "needs spatial axes behind batch and channels");
        }
        return Axes.of(IntStream.range(2, rank()).toArray()).kept();
    }

    /// The mean over parts of the last axes, as many as the result has extents: of n elements and o results, number i is of
    /// the elements from ⌊i·n/o⌋ to ⌈(i+1)·n/o⌉ − 1. The parts are equal where o divides n, and overlap by one elsewhere.
    ///
    /// @throws ShapeMismatch if this has fewer axes, or an axis no element
    default Tensor adaptiveAveragePool(Shape extents) {
        return new Adaptive("adaptiveAveragePool", extents).average((Tensor) this);
    }

    /// The largest element of parts of the last axes: those of [#adaptiveAveragePool].
    ///
    /// @throws ShapeMismatch if this has fewer axes, or an axis no element
    default Tensor adaptiveMaxPool(Shape extents) {
        return new Adaptive("adaptiveMaxPool", extents).max((Tensor) this);
    }
}
