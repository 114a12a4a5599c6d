package dev.adjoint.nn;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;

/// The largest element under each position of a window over two axes: `[…,H,W]` to `[…,positions…]`.
/// [MaxPool] takes one to three axes.
///
/// {@snippet :
/// Tensor y = MaxPool2d.of(2).apply(x, Pass.evaluation());
/// }
///
/// @param window stride, padding and dilation
/// @param taps the extents of the window
public record MaxPool2d(Window window, Shape taps) implements Layer {
    /// Square windows side by side.
    public static MaxPool2d of(long size) {
        return of(size, Window.dense(2).stride(size));
    }

    /// Square windows that slide as told.
    public static MaxPool2d of(long size, Window window) {
        return new MaxPool2d(window, Shape.of(size, size));
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.maxPool(window, taps);
    }
}
