package dev.adjoint.tensor.spatial;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import java.util.List;

/// One spatial axis under a window: which one it is, its elements and the taps.
///
/// @param operator who asks, for messages
/// @param spatial the extents of all spatial axes
/// @param taps the extents of the window
/// @param axis the number of the axis among the spatial ones
record PerAxis(String operator, Shape spatial, Shape taps, int axis) {
    /// What is given for this axis: the only entry, or the one of its number.
    ///
    /// @throws InvalidArgument if there is neither one entry nor one for every axis
    <T> T entry(String what, List<T> entries) {
        if (entries.size() != 1 && entries.size() != taps.rank()) {
            throw new InvalidArgument(operator + ": " + what + " has " + entries.size() + " entries for " + taps.rank()
                    + " spatial axes; give one for all, or one for each");
        }
        return entries.get(entries.size() == 1 ? 0 : axis);
    }

    long size() {
        return spatial.dim(axis);
    }

    /// How many elements the window spans.
    long reach(Window.Axis window) {
        return window.dilation() * (taps.dim(axis) - 1) + 1;
    }

    /// The window along this axis, padded.
    Window.Axis padded(Window.Axis plain, Padding padding) {
        Padding.Margin margin = switch (padding) {
            case Padding.Valid _ -> new Padding.Margin(0, 0);
            case Padding.Same _ -> same(plain);
            case Padding.Explicit(var margins) -> entry("padding", margins);
        };
        return new Window.Axis(plain.stride(), margin.low(), margin.high(), plain.dilation());
    }

    private Padding.Margin same(Window.Axis window) {
        long positions = Math.ceilDiv(size(), window.stride());
        long total = Math.max(0, (positions - 1) * window.stride() + reach(window) - size());
        return new Padding.Margin(total / 2, total - total / 2);
    }
}
