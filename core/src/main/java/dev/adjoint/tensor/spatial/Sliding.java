package dev.adjoint.tensor.spatial;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// How a window slides over spatial axes: [Window] before the extents are known. What is given once holds for all axes.
///
/// @param stride by how many elements neighbouring positions differ
/// @param padding what is put around the elements
/// @param dilation by how many elements neighbouring taps differ
public record Sliding(List<Long> stride, Padding padding, List<Long> dilation) {
    public Sliding {
        stride = List.copyOf(stride);
        dilation = List.copyOf(dilation);
    }

    /// Stride 1, no padding, no dilation.
    public static Sliding dense() {
        return new Sliding(List.of(1L), new Padding.Valid(), List.of(1L));
    }

    public Sliding withStride(long... stride) {
        return new Sliding(LongStream.of(stride).boxed().toList(), padding, dilation);
    }

    public Sliding withPadding(Padding padding) {
        return new Sliding(stride, padding, dilation);
    }

    /// The same zero padding before and behind: one number for all axes, or one each.
    public Sliding withPadding(long... both) {
        return withPadding(Padding.of(both));
    }

    public Sliding withDilation(long... dilation) {
        return new Sliding(stride, padding, LongStream.of(dilation).boxed().toList());
    }

    /// The window over given extents.
    ///
    /// @throws dev.adjoint.tensor.InvalidArgument if entries are neither one nor as many as axes, or outside their range
    Window window(String operator, Shape spatial, Shape taps) {
        return new Window(IntStream.range(0, taps.rank())
                .mapToObj(axis -> {
                    PerAxis of = new PerAxis(operator, spatial, taps, axis);
                    return of.padded(plain(of), padding);
                })
                .toList());
    }

    /// The window along an axis without padding.
    Window.Axis plain(PerAxis of) {
        return new Window.Axis(of.entry("stride", stride), 0, 0, of.entry("dilation", dilation));
    }
}
