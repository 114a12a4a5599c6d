package dev.adjoint.jvm;

import java.util.ArrayList;
import java.util.List;

/// Nested loops with as few axes as the strides of all tensors allow: axes of extent 1 are dropped, and neighbours join
/// where walking both is one walk for everyone. There is always at least one axis; no elements at all is one of extent
/// 0.
final class Joined {
    private final List<long[]> axes = new ArrayList<>();

    private Joined(long[] dims, long[][] strides) {
        long count = 1;
        for (int axis = 0; axis < dims.length; axis++) {
            count *= dims[axis];
            if (dims[axis] != 1) {
                add(dims[axis], column(strides, axis));
            }
        }
        if (count == 0) {
            axes.clear();
        }
        if (axes.isEmpty()) {
            axes.add(axis(count, new long[strides.length]));
        }
    }

    /// @param dims the extents, outermost first
    /// @param strides for every tensor its stride along each axis
    static Joined of(long[] dims, long[][] strides) {
        return new Joined(dims, strides);
    }

    private void add(long extent, long[] steps) {
        if (!axes.isEmpty()) {
            long[] outer = axes.getLast();
            boolean joins = true;
            for (int i = 0; i < steps.length; i++) {
                joins &= outer[i + 1] == steps[i] * extent;
            }
            if (joins) {
                axes.removeLast();
                axes.add(axis(outer[0] * extent, steps));
                return;
            }
        }
        axes.add(axis(extent, steps));
    }

    private static long[] column(long[][] strides, int axis) {
        long[] column = new long[strides.length];
        for (int i = 0; i < strides.length; i++) {
            column[i] = strides[i][axis];
        }
        return column;
    }

    private static long[] axis(long extent, long[] steps) {
        long[] axis = new long[steps.length + 1];
        axis[0] = extent;
        System.arraycopy(steps, 0, axis, 1, steps.length);
        return axis;
    }

    /// The trip counts, outermost first.
    int[] extents() {
        return axes.stream().mapToInt(axis -> (int) axis[0]).toArray();
    }

    /// The strides of one tensor.
    int[] strides(int tensor) {
        return axes.stream().mapToInt(axis -> (int) axis[tensor + 1]).toArray();
    }
}
