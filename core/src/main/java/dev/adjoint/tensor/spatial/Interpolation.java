package dev.adjoint.tensor.spatial;

import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// How values between elements are found when an axis gets another extent. Each axis is interpolated on its own, so
/// [Method#LINEAR] over two axes is bilinear, over three trilinear, and [Method#CUBIC] over two bicubic.
///
/// @param method from which neighbours a value is made
/// @param coordinates where the new elements lie among the old ones
public record Interpolation(Method method, Coordinates coordinates) {
    /// From which neighbours a value is made.
    public enum Method {
        /// One of the two neighbours: at ⌊s⌋ for [Coordinates#ASYMMETRIC], which is `nearest` in PyTorch, else at ⌊s + ½⌋, which
        /// is `nearest-exact`.
        NEAREST,
        /// The straight line between two neighbours.
        LINEAR,
        /// Keys' cubic convolution of four neighbours with a = −3/4, as in PyTorch and OpenCV.
        CUBIC,
        /// Keys' cubic convolution with a = −1/2, as in JAX and Pillow: of these cubics the one that reproduces straight lines.
        CATMULL_ROM
    }

    /// Where element i of o new ones lies among n old ones.
    public enum Coordinates {
        /// Elements are cells of equal size: s = (i + ½)·n/o − ½. `align_corners=False` in PyTorch.
        HALF_PIXEL,
        /// First and last elements stay: s = i·(n − 1)/(o − 1), 0 for a single one. `align_corners=True` in PyTorch.
        ALIGN_CORNERS,
        /// Elements begin where cells do: s = i·n/o.
        ASYMMETRIC
    }

    /// The neighbour at ⌊i·n/o⌋.
    public static Interpolation nearest() {
        return new Interpolation(Method.NEAREST, Coordinates.ASYMMETRIC);
    }

    /// Straight lines between the centres of cells: bilinear over two axes.
    public static Interpolation linear() {
        return new Interpolation(Method.LINEAR, Coordinates.HALF_PIXEL);
    }

    /// Cubics with a = −3/4 between the centres of cells: bicubic over two axes.
    public static Interpolation cubic() {
        return new Interpolation(Method.CUBIC, Coordinates.HALF_PIXEL);
    }

    public Interpolation withMethod(Method method) {
        return new Interpolation(method, coordinates);
    }

    public Interpolation withCoordinates(Coordinates coordinates) {
        return new Interpolation(method, coordinates);
    }

    Tensor resize(Tensor x, Shape extents) {
        int first = x.rank() - extents.rank();
        if (first < 0 || (x.shape().trailing(extents.rank()).count() == 0 && extents.count() > 0)) {
            throw new ShapeMismatch(
                    "resize",
                    List.of(x.type()),
                    "needs " + extents.rank() + " axes with elements to resize to " + extents);
        }
        if (method != Method.NEAREST && !x.dtype().isFloating()) {
            throw new DTypeMismatch(
                    "resize",
                    List.of(x.type()),
                    "values between elements need a floating type; convert with x.to(DType.F32), or take"
                            + " Interpolation.nearest()");
        }
        Tensor resized = x;
        for (int axis = first; axis < x.rank(); axis++) {
            resized = resized(resized, axis, extents.dim(axis - first));
        }
        return resized;
    }

    private Tensor resized(Tensor x, int axis, long extent) {
        long size = x.dim(axis);
        boolean between = method != Method.NEAREST;
        if (between && size == extent) {
            return x; // all coordinates agree that every element is where it was
        }
        if (!between && coordinates != Coordinates.ALIGN_CORNERS && extent > 0 && extent % size == 0) {
            return x.repeat(axis, extent / size);
        }
        if (axis > 0 && axis == x.rank() - 1) {
            // Looking up whole rows is many times faster than single elements
            return resized(x.mT(), axis - 1, extent).mT();
        }
        Resampling resampling = new Resampling(this, size, extent);
        return between ? resampling.weighted(x, axis) : resampling.nearest(x, axis);
    }
}
