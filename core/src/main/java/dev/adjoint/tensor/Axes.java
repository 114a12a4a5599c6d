package dev.adjoint.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The axes that a reduction runs over, and whether they stay behind with extent 1.
///
/// An empty list means all axes. Negative axes count from the end.
///
/// @param list the axes as the user gave them
/// @param after what becomes of them
public record Axes(List<Integer> list, After after) {
    /// What becomes of a reduced axis.
    public enum After {
        /// It disappears from the shape.
        DROPPED,
        /// It stays with extent 1, so that the result broadcasts against the operand.
        KEPT
    }

    public Axes {
        list = List.copyOf(list);
    }

    public static Axes of(int... axes) {
        return new Axes(IntStream.of(axes).boxed().toList(), After.DROPPED);
    }

    /// Every axis.
    public static Axes all() {
        return of();
    }

    /// The same axes, staying with extent 1.
    public Axes kept() {
        return new Axes(list, After.KEPT);
    }

    /// The axes of a shape, from 0, in rising order.
    ///
    /// @throws InvalidArgument if one does not exist or is named twice
    public List<Integer> in(Shape shape) {
        if (list.isEmpty()) {
            return IntStream.range(0, shape.rank()).boxed().toList();
        }
        List<Integer> resolved = list.stream().map(shape::axis).sorted().toList();
        if (resolved.stream().distinct().count() != resolved.size()) {
            throw new InvalidArgument("axes " + list + " name an axis of shape " + shape + " twice");
        }
        return resolved;
    }

    /// The shape after reduction.
    public Shape reduce(Shape shape) {
        List<Integer> gone = in(shape);
        List<Long> dims = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!gone.contains(axis)) {
                dims.add(shape.dim(axis));
            } else if (after == After.KEPT) {
                dims.add(1L);
            }
        }
        return Shape.of(dims);
    }

    /// How many elements each result is made of.
    public long size(Shape shape) {
        return in(shape).stream().mapToLong(shape::dim).reduce(1, Math::multiplyExact);
    }

    /// The same axes of tensors that have gained one axis in front.
    public Axes behindBatch(Shape shape) {
        List<Integer> shifted = in(shape).stream().map(axis -> axis + 1).toList();
        return new Axes(shifted, after);
    }
}
