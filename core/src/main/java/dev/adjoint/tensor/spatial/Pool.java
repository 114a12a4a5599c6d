package dev.adjoint.tensor.spatial;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// The options of pooling over the last axes: `Pool.of(3, 3).withStride(2).withPadding(1)`. Numbers given once hold for all
/// axes.
///
/// @param taps the extents of the window
/// @param sliding stride, padding and dilation
/// @param rounding what becomes of elements that do not fill a window
public record Pool(Shape taps, Sliding sliding, Rounding rounding) {
    /// What becomes of the elements at the end that do not fill a window.
    public enum Rounding {
        /// They are left out: the number of positions is rounded down.
        FLOOR,
        /// They get a window that goes on behind the padding, if it begins before it: the number of positions is rounded up.
        CEIL
    }

    /// What an average divides by where a window lies partly in the padding.
    public enum Padded {
        /// The elements under the window and the padding, which counts as zeros.
        COUNTED,
        /// The elements under the window alone.
        IGNORED
    }

    /// Windows side by side.
    public static Pool of(long... taps) {
        return new Pool(Shape.of(taps), Sliding.dense().withStride(taps), Rounding.FLOOR);
    }

    public Pool withStride(long... stride) {
        return new Pool(taps, sliding.withStride(stride), rounding);
    }

    public Pool withPadding(Padding padding) {
        return new Pool(taps, sliding.withPadding(padding), rounding);
    }

    /// The same padding before and behind: one number for all axes, or one each.
    public Pool withPadding(long... both) {
        return new Pool(taps, sliding.withPadding(both), rounding);
    }

    public Pool withDilation(long... dilation) {
        return new Pool(taps, sliding.withDilation(dilation), rounding);
    }

    public Pool withRounding(Rounding rounding) {
        return new Pool(taps, sliding, rounding);
    }

    /// The window without what [Rounding#CEIL] adds.
    Window floor(String operator, TensorType x) {
        return sliding.window(operator, spatial(operator, x), taps);
    }

    /// The window over the last axes of a tensor.
    Window window(String operator, TensorType x) {
        Window floor = floor(operator, x);
        if (rounding == Rounding.FLOOR) {
            return floor;
        }
        List<Window.Axis> axes = new ArrayList<>();
        for (int i = 0; i < taps.rank(); i++) {
            axes.add(ceil(floor.axes().get(i), new PerAxis(operator, spatial(operator, x), taps, i)));
        }
        return new Window(axes);
    }

    private static Window.Axis ceil(Window.Axis floor, PerAxis of) {
        long stride = floor.stride();
        long rest = of.size() + floor.low() + floor.high() - of.reach(floor);
        long last = Math.ceilDiv(rest, stride);
        if (last * stride >= of.size() + floor.low()) {
            last--;
        }
        long more = Math.max(0, last * stride - rest);
        return new Window.Axis(stride, floor.low(), floor.high() + more, floor.dilation());
    }

    /// The extents of the last axes.
    ///
    /// @throws DTypeMismatch unless the tensor is of floating numbers
    /// @throws ShapeMismatch if it has fewer axes
    private Shape spatial(String operator, TensorType x) {
        if (!x.dtype().isFloating()) {
            throw new DTypeMismatch(
                    operator, List.of(x), "defined for floating types only; convert with x.to(DType.F32)");
        }
        if (x.rank() < taps.rank()) {
            throw new ShapeMismatch(
                    operator, List.of(x), "a window " + taps + " needs " + taps.rank() + " spatial axes");
        }
        return x.shape().trailing(taps.rank());
    }
}
