package dev.adjoint.op.indexing;

import dev.adjoint.tensor.Elements;

/// Elements as 64-bit integers that compare as the elements do when they are sorted: zeros of both signs are equal, and NaN
/// comes last in either order.
final class SortKeys {
    private SortKeys() {}

    /// The key of an element, which is smaller the earlier the element comes.
    static long of(ArgSort.Order order, Elements x, int index) {
        return order == ArgSort.Order.ASCENDING ? rising(x, index) : falling(x, index);
    }

    static long rising(Elements x, int index) {
        if (!x.dtype().isFloating()) {
            return x.getLong(index);
        }
        double value = x.get(index);
        if (Double.isNaN(value)) {
            return Long.MAX_VALUE;
        }
        // The bits of positive numbers rise with them, those of negative numbers fall. Adding 0 turns −0 into 0.
        long bits = Double.doubleToRawLongBits(value + 0.0);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    static long falling(Elements x, int index) {
        boolean last = x.dtype().isFloating() && Double.isNaN(x.get(index));
        return last ? Long.MAX_VALUE : ~rising(x, index);
    }

    /// The indices in the order of their keys, equal ones in their own order (a merge sort).
    static int[] order(long[] keys) {
        int size = keys.length;
        int[] from = new int[size];
        for (int i = 0; i < size; i++) {
            from[i] = i;
        }
        int[] to = new int[size];
        for (long width = 1; width < size; width *= 2) {
            for (long low = 0; low < size; low += 2 * width) {
                int middle = (int) Math.min(low + width, size);
                merge(keys, from, to, (int) low, middle, (int) Math.min(low + 2 * width, size));
            }
            int[] merged = to;
            to = from;
            from = merged;
        }
        return from;
    }

    private static void merge(long[] keys, int[] from, int[] to, int low, int middle, int high) {
        int left = low;
        int right = middle;
        for (int i = low; i < high; i++) {
            boolean takeLeft = right == high || (left < middle && keys[from[left]] <= keys[from[right]]);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }
}
