package dev.adjoint.onednn;

import dev.adjoint.onednn.Dnnl.Sliding;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.contraction.Window.Axis;
import dev.adjoint.tensor.Shape;
import java.util.function.ToLongFunction;

/// The extents of a convolution and of its two transposes.
///
/// @param window how the taps fall
/// @param groups the number of channel groups
/// @param x the shape of the input, `[images,channels,spatial…]`
/// @param w the shape of the kernel, `[out,in/groups,taps…]`
/// @param channels where those of the input and of the result lie
record Images(Window window, long groups, Shape x, Shape w, Places channels) {
    /// Where the channels lie.
    record Places(Channels x, Channels y) {}

    int count() {
        return (int) x.dim(0);
    }

    /// The same for another number of images.
    Images of(long count) {
        return of(x.with(0, count), w);
    }

    /// The same for an input and a kernel of other extents.
    Images of(Shape input, Shape kernel) {
        return new Images(window, groups, input, kernel, channels);
    }

    /// The shape of the result.
    Shape y() {
        Shape taps = w.part(2, w.rank());
        return window.positions(x.part(2, x.rank()), taps).prepend(x.dim(0), w.dim(0));
    }

    /// The kernel as the library sees it: with an axis for the groups, if there are several.
    Shape kernel() {
        return groups == 1 ? w : w.part(1, w.rank()).prepend(groups, w.dim(0) / groups);
    }

    /// Operations of one image, additions and multiplications.
    double operationsPerImage() {
        return 2.0 * y().count() / count() * w.part(1, w.rank()).count();
    }

    /// Positions of the window on one image.
    long positions() {
        return y().part(2, x.rank()).count();
    }

    boolean isStrided() {
        return window.axes().stream().anyMatch(axis -> axis.stride() > 1);
    }

    boolean isPadded() {
        return window.axes().stream().anyMatch(axis -> axis.low() > 0 || axis.high() > 0);
    }

    /// Whether no position of the window lies in the padding alone.
    boolean meetsElementsEverywhere() {
        boolean meets = true;
        for (int i = 0; i < window.rank(); i++) {
            Axis axis = window.axes().get(i);
            meets &= axis.dilation() == 1 && axis.low() < w.dim(2 + i) && axis.high() < w.dim(2 + i);
        }
        return meets;
    }

    Sliding sliding() {
        return sliding(window);
    }

    /// A window as the library wants it told.
    static Sliding sliding(Window window) {
        return new Sliding(
                axes(window, Axis::stride),
                axes(window, axis -> axis.dilation() - 1),
                axes(window, Axis::low),
                axes(window, Axis::high));
    }

    private static long[] axes(Window window, ToLongFunction<Axis> property) {
        return window.axes().stream().mapToLong(property).toArray();
    }
}
