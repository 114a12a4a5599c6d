package dev.adjoint.nn;

import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// What layers that pool ask of their input.
final class SpatialAxes {
    private SpatialAxes() {}

    /// Refuses anything but batch, channels and so many spatial axes: pooling along fewer would go unseen.
    ///
    /// @throws ShapeMismatch if there are more or fewer
    static void require(String layer, Tensor x, int rank) {
        if (x.rank() != rank + 2) {
            throw new ShapeMismatch(
                    layer,
                    List.of(x.type()),
                    "x must be [N,C,…] with " + rank + " spatial " + (rank == 1 ? "axis" : "axes")
                            + ", as many as the pool has extents");
        }
    }
}
