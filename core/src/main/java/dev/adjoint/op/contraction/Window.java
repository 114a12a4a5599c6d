package dev.adjoint.op.contraction;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// How a window slides over the spatial axes, one entry per axis.
///
/// Along each axis the window's tap `k` at position `o` reads element `o·stride + k·dilation − low`, and reads zero in the
/// padding of `low` elements before and `high` elements after.
///
/// @param axes the spatial axes, outermost first
public record Window(List<Axis> axes) {
    /// Sliding along one axis.
    public record Axis(long stride, long low, long high, long dilation) {
        public Axis {
            if (stride < 1 || dilation < 1 || low < 0 || high < 0) {
                throw new InvalidArgument(
                        "a window needs stride and dilation of at least 1 and padding of at least 0, not" + " stride "
                                + stride + ", dilation " + dilation + ", padding " + low + " and " + high);
            }
        }

        /// The number of positions of a window of `taps` over `size` elements.
        public long positions(long size, long taps) {
            return Math.floorDiv(size + low + high - dilation * (taps - 1) - 1, stride) + 1;
        }
    }

    public Window {
        axes = List.copyOf(axes);
    }

    /// Stride 1, no padding, no dilation, over the given number of axes.
    public static Window dense(int rank) {
        return new Window(Collections.nCopies(rank, new Axis(1, 0, 0, 1)));
    }

    /// The same stride along every axis.
    public Window stride(long stride) {
        return new Window(axes.stream()
                .map(a -> new Axis(stride, a.low, a.high, a.dilation))
                .toList());
    }

    /// The same zero padding before and after every axis.
    public Window padding(long padding) {
        return new Window(axes.stream()
                .map(a -> new Axis(a.stride, padding, padding, a.dilation))
                .toList());
    }

    /// The same distance between taps along every axis.
    public Window dilation(long dilation) {
        return new Window(axes.stream()
                .map(a -> new Axis(a.stride, a.low, a.high, dilation))
                .toList());
    }

    public int rank() {
        return axes.size();
    }

    /// Whether the window has a place on the padded extents. Where there is no element, none is missing either.
    public boolean fits(Shape spatial, Shape taps) {
        long padded = 1;
        for (int i = 0; i < rank(); i++) {
            padded *= spatial.dim(i) + axes.get(i).low() + axes.get(i).high();
        }
        return padded == 0 || positions(spatial, taps).count() > 0;
    }

    /// The number of positions along every axis for spatial extents and taps.
    public Shape positions(Shape spatial, Shape taps) {
        return Shape.of(IntStream.range(0, rank())
                .mapToLong(i -> axes.get(i).positions(spatial.dim(i), taps.dim(i)))
                .map(p -> Math.max(p, 0))
                .toArray());
    }
}
