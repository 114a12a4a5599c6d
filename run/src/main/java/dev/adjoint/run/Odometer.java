package dev.adjoint.run;

/// Counts through all index combinations of nested loops, the last index fastest, and keeps offsets in step.
final class Odometer {
    private final long[] extents;
    private final long[][] strides;
    private final long[] index;
    private final long[] offsets;
    private boolean more;

    /// @param extents the trip counts
    /// @param strides for every offset, by how much it moves along each loop
    Odometer(long[] extents, long[]... strides) {
        this.extents = extents;
        this.strides = strides;
        this.index = new long[extents.length];
        this.offsets = new long[strides.length];
        this.more = true;
        for (long extent : extents) {
            more &= extent > 0;
        }
    }

    boolean hasMore() {
        return more;
    }

    int offset(int which) {
        return (int) offsets[which];
    }

    long index(int loop) {
        return index[loop];
    }

    void advance() {
        for (int loop = extents.length - 1; loop >= 0; loop--) {
            move(loop, 1);
            if (++index[loop] < extents[loop]) {
                return;
            }
            move(loop, -extents[loop]);
            index[loop] = 0;
        }
        more = false;
    }

    private void move(int loop, long by) {
        for (int which = 0; which < offsets.length; which++) {
            offsets[which] += by * strides[which][loop];
        }
    }
}
