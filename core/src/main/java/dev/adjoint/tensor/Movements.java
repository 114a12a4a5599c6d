package dev.adjoint.tensor;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.op.movement.Flip;
import dev.adjoint.op.movement.Fold;
import dev.adjoint.op.movement.Pad;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.op.movement.Reshape;
import dev.adjoint.op.movement.Slice;
import dev.adjoint.op.movement.Unfold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// The same elements in other places.
public interface Movements extends Algebra {
    /// [Reshape]
    default Tensor reshape(Shape shape) {
        return shape.equals(shape()) ? (Tensor) this : apply(new Reshape(shape));
    }

    /// [Reshape]; one extent may be −1 and follows from the number of elements.
    ///
    /// @throws InvalidArgument if the extents do not fit the number of elements
    default Tensor reshape(long... dims) {
        return reshape(Inferred.shape(shape(), dims));
    }

    /// [Permute]
    default Tensor permute(Permutation order) {
        return order.size() == rank() && order.isIdentity() ? (Tensor) this : apply(new Permute(order));
    }

    /// [Permute]; negative axes count from the end.
    ///
    /// @throws InvalidArgument if an axis does not exist, is missing or is given twice
    default Tensor permute(int... order) {
        List<Integer> axes = IntStream.of(order)
                .mapToObj(axis -> type().axis("permute", axis))
                .toList();
        if (axes.size() != rank() || axes.stream().distinct().count() != rank()) {
            throw new InvalidArgument("permute: " + type() + ": the order " + Arrays.toString(order)
                    + " must name each of the " + rank() + " axes once");
        }
        return permute(new Permutation(axes));
    }

    /// Two axes exchanged.
    default Tensor swapAxes(int first, int second) {
        List<Integer> order = new ArrayList<>(Permutation.identity(rank()).order());
        Collections.swap(order, type().axis("swapAxes", first), type().axis("swapAxes", second));
        return permute(new Permutation(order));
    }

    /// One axis put at another place, the others keeping their order.
    default Tensor moveAxis(int from, int to) {
        List<Integer> order = new ArrayList<>(Permutation.identity(rank()).order());
        Integer moved = order.remove(/* index */ type().axis("moveAxis", from));
        order.add(type().axis("moveAxis", to), moved);
        return permute(new Permutation(order));
    }

    /// The matrix transpose: the last two axes exchanged.
    ///
    /// @throws InvalidArgument if there are fewer than two axes
    default Tensor mT() {
        if (rank() < 2) {
            throw new InvalidArgument("mT: " + type() + " is no matrix: it needs at least two axes; x.expand(0) makes"
                    + " a row of a vector, x.expand(1) a column");
        }
        return swapAxes(-2, -1);
    }

    /// [Broadcast]
    default Tensor broadcastTo(Shape shape) {
        return shape.equals(shape()) ? (Tensor) this : apply(new Broadcast(shape));
    }

    /// [Slice]: the indices `start` to `stop` − 1 along one axis; negative indices count from the end.
    default Tensor slice(int axis, long start, long stop) {
        return slice(axis, start, stop, 1);
    }

    /// [Slice]: every `step`-th index from `start` to `stop` − 1 along one axis; negative indices count from the end.
    ///
    /// A negative step goes down, from `start` to `stop` + 1, by a slice and a flip; `-size - 1` is the stop below the first
    /// index. Bounds outside the axis are refused; [Subscripts#at] cuts them off.
    default Tensor slice(int axis, long start, long stop, long step) {
        long size = dim(type().axis("slice", axis));
        long from = start < 0 ? start + size : start;
        long to = stop < 0 ? stop + size : stop;
        if (step == 0) {
            throw new InvalidArgument("slice: the step is at least 1 in either direction, not 0");
        }
        if (from < 0 && step > 0) {
            throw new InvalidArgument("slice: " + type() + ": the range starts at " + start + " along axis " + axis
                    + " of extent " + size);
        }
        if (step < 0) {
            if (from >= size || to < -1) {
                throw new InvalidArgument("slice: the range from " + start + " down to " + stop + " leaves axis " + axis
                        + " of " + type());
            }
            long steps = Math.ceilDiv(to - from, step);
            Slice.Range range =
                    steps <= 0 ? new Slice.Range(0, 0, 1) : new Slice.Range(from + (steps - 1) * step, from + 1, -step);
            return along(axis, range).flip(axis);
        }
        return along(axis, new Slice.Range(from, to, step));
    }

    private Tensor along(int axis, Slice.Range range) {
        List<Slice.Range> ranges = new ArrayList<>();
        for (int a = 0; a < rank(); a++) {
            ranges.add(Slice.Range.whole(dim(a)));
        }
        ranges.set(shape().axis(axis), range);
        return slice(ranges);
    }

    /// [Slice]: one range for every axis.
    default Tensor slice(List<Slice.Range> ranges) {
        return apply(new Slice(ranges));
    }

    /// The slice at one index of an axis, which disappears; −1 is the last.
    ///
    /// @throws InvalidArgument if there is no such axis or index
    default Tensor take(int axis, long index) {
        long size = dim(type().axis("take", axis));
        long from = index < 0 ? index + size : index;
        if (from < 0 || from >= size) {
            throw new InvalidArgument(
                    "take: " + type() + ": index " + index + " is outside axis " + axis + " of extent " + size);
        }
        return slice(axis, from, from + 1).squeeze(axis);
    }

    /// [Pad]
    default Tensor pad(List<Pad.Margin> margins, double value) {
        return apply(new Pad(margins, value));
    }

    /// [Pad] along one axis.
    default Tensor pad(int axis, long low, long high) {
        List<Pad.Margin> margins = new ArrayList<>(Collections.nCopies(rank(), Pad.Margin.none()));
        margins.set(type().axis("pad", axis), new Pad.Margin(low, high, 0));
        return pad(margins, 0);
    }

    /// [Flip]
    default Tensor flip(int... axes) {
        return apply(new Flip(Axes.of(axes)));
    }

    /// Without an axis of extent 1.
    ///
    /// @throws InvalidArgument if the axis has another extent
    default Tensor squeeze(int axis) {
        int gone = type().axis("squeeze", axis);
        if (dim(gone) != 1) {
            throw new InvalidArgument(
                    "squeeze: axis " + axis + " of " + type() + " has extent " + dim(gone) + ", not 1");
        }
        return reshape(shape().part(0, gone).append(shape().part(gone + 1, rank())));
    }

    /// With a new axis of extent 1 at a place of the result; −1 is the last.
    default Tensor expand(int axis) {
        int place = axis < 0 ? axis + rank() + 1 : axis;
        if (place < 0 || place > rank()) {
            throw new InvalidArgument("expand: " + type() + " has no place " + axis + " for a new axis");
        }
        return reshape(shape().part(0, place).append(1).append(shape().part(place, rank())));
    }

    /// [Unfold]
    default Tensor unfold(Window window, Shape taps) {
        return apply(new Unfold(window, taps));
    }

    /// [Fold]
    default Tensor fold(Window window, Shape spatial) {
        return apply(new Fold(window, spatial));
    }
}
