package dev.adjoint.jvm;

import dev.adjoint.tensor.Elements;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Windows of two by two floats in planes, each as two longs of neighbours: an upper and a lower one, whose low bits are those of
/// the float on the left.
///
/// Every loop goes straight through arrays of equal length, which the compiler of the JVM turns into vectors; floats become bits
/// and back as arrays are copied, for of `Float.floatToRawIntBits` it makes none.
final class WindowPairs {
    private static final long LOW = 0xffff_ffffL;

    /// Added to the bits of a magnitude, gives a negative number for infinities and NaN alone.
    private static final int ABOVE_FINITE = 0x0080_0000;

    private final Extents extents;

    /// The upper and the lower lines of all windows: as floats, then as pairs.
    private final float[] upperFloats;

    private final float[] lowerFloats;
    private final MemorySegment upperFloatBytes;
    private final MemorySegment lowerFloatBytes;
    private final long[] upper;
    private final long[] lower;
    private final MemorySegment upperBytes;
    private final MemorySegment lowerBytes;

    /// For each element of every window all bits if it is not the largest, else none.
    private final int[][] loses;

    private final int[] winners;

    /// What each window's winners get, and its bits; before that those of the largest.
    private final float[] share;

    private final MemorySegment shareBytes;
    private final int[] bits;
    private final MemorySegment bitBytes;

    /// The extents of planes.
    ///
    /// @param height their lines
    /// @param length the pairs of a line
    record Extents(int height, int length) {
        int lines() {
            return height / 2;
        }

        int windows() {
            return lines() * length;
        }

        /// How many of all planes make a part of at least so many windows; parts are of equal size, so that threads are done
        /// together.
        int planesPerPart(int planes, int least) {
            int parts = Math.clamp((long) planes * windows() / least, 1, Math.max(1, planes));
            return Math.max(1, Math.ceilDiv(planes, parts));
        }

        /// Elements of a plane.
        int elements() {
            return 2 * height * length;
        }
    }

    /// @param most how many planes there is room for
    WindowPairs(Extents extents, int most) {
        this.extents = extents;
        int windows = most * extents.windows();
        this.upperFloats = new float[2 * windows];
        this.lowerFloats = new float[2 * windows];
        this.upperFloatBytes = MemorySegment.ofArray(upperFloats);
        this.lowerFloatBytes = MemorySegment.ofArray(lowerFloats);
        this.upper = new long[windows];
        this.lower = new long[windows];
        this.upperBytes = MemorySegment.ofArray(upper);
        this.lowerBytes = MemorySegment.ofArray(lower);
        this.loses = new int[4][windows];
        this.winners = new int[windows];
        this.share = new float[windows];
        this.shareBytes = MemorySegment.ofArray(share);
        this.bits = new int[windows];
        this.bitBytes = MemorySegment.ofArray(bits);
    }

    /// Computes planes of a gradient; false if the numbers are not fit for it.
    ///
    /// @param inputs elements, the largest of each window, cotangents
    boolean run(Elements[] inputs, float[] dx, int plane, int planes) {
        int windows = planes * extents.windows();
        int at = plane * extents.windows();
        readBits(inputs[2].floats(), at, windows);
        int unfit = unfit(bits, windows);
        readBits(inputs[1].floats(), at, windows);
        unfit |= unfit(bits, windows);
        readPairs(inputs[0].floats(), plane, planes);
        unfit |= findWinners(upper, lower, bits, loses, winners, windows);
        if (unfit < 0) {
            return false;
        }
        System.arraycopy(inputs[2].floats(), at, share, 0, windows);
        divide(winners, share, windows);
        MemorySegment.copy(shareBytes, 0, bitBytes, 0, (long) Float.BYTES * windows);
        hand(loses[0], loses[1], bits, upper, windows);
        hand(loses[2], loses[3], bits, lower, windows);
        writePairs(dx, plane, planes);
        return true;
    }

    private void readPairs(float[] x, int plane, int planes) {
        int width = 2 * extents.length;
        int to = 0;
        for (int p = plane; p < plane + planes; p++) {
            int line = p * extents.elements();
            for (int i = 0; i < extents.lines(); i++) {
                System.arraycopy(x, line, upperFloats, to, width);
                System.arraycopy(x, line + width, lowerFloats, to, width);
                line += 2 * width;
                to += width;
            }
        }
        dropSignOfZero(upperFloats, to);
        dropSignOfZero(lowerFloats, to);
        MemorySegment.copy(upperFloatBytes, 0, upperBytes, 0, (long) Float.BYTES * to);
        MemorySegment.copy(lowerFloatBytes, 0, lowerBytes, 0, (long) Float.BYTES * to);
    }

    private void writePairs(float[] dx, int plane, int planes) {
        int width = 2 * extents.length;
        long bytes = (long) Long.BYTES * planes * extents.windows();
        MemorySegment.copy(upperBytes, 0, upperFloatBytes, 0, bytes);
        MemorySegment.copy(lowerBytes, 0, lowerFloatBytes, 0, bytes);
        int from = 0;
        for (int p = plane; p < plane + planes; p++) {
            int line = p * extents.elements();
            for (int i = 0; i < extents.lines(); i++) {
                System.arraycopy(upperFloats, from, dx, line, width);
                System.arraycopy(lowerFloats, from, dx, line + width, width);
                line += 2 * width;
                from += width;
            }
            Arrays.fill(dx, line, (p + 1) * extents.elements(), 0); // an odd line belongs to no window
        }
    }

    private void readBits(float[] x, int from, int count) {
        System.arraycopy(x, from, share, 0, count);
        dropSignOfZero(share, count);
        MemorySegment.copy(shareBytes, 0, bitBytes, 0, (long) Float.BYTES * count);
    }

    /// −0 + 0 = 0: zeros become equal in their bits, too.
    private static void dropSignOfZero(float[] x, int count) {
        for (int i = 0; i < count; i++) {
            x[i] = x[i] + 0f;
        }
    }

    /// Negative if there are infinities or NaN.
    private static int unfit(int[] bits, int count) {
        int unfit = 0;
        for (int i = 0; i < count; i++) {
            unfit |= (bits[i] & Integer.MAX_VALUE) + ABOVE_FINITE;
        }
        return unfit;
    }

    /// Finds all winners; negative if a window has none.
    private static int findWinners(
            long[] upper, long[] lower, int[] largest, int[][] loses, int[] winners, int count) {
        compare(upper, largest, loses[0], loses[1], count);
        compare(lower, largest, loses[2], loses[3], count);
        return count(loses, winners, count);
    }

    private static void compare(long[] pairs, int[] largest, int[] left, int[] right, int count) {
        for (int i = 0; i < count; i++) {
            int low = (int) pairs[i] ^ largest[i];
            int high = (int) (pairs[i] >>> 32) ^ largest[i];
            left[i] = (low | -low) >> 31;
            right[i] = (high | -high) >> 31;
        }
    }

    private static int count(int[][] loses, int[] winners, int count) {
        int[] a = loses[0];
        int[] b = loses[1];
        int[] c = loses[2];
        int[] d = loses[3];
        int unfit = 0;
        for (int i = 0; i < count; i++) {
            int won = 4 + a[i] + b[i] + c[i] + d[i];
            winners[i] = won;
            unfit |= won - 1;
        }
        return unfit;
    }

    /// The share of each winner; as it was added to 0, never −0.
    private static void divide(int[] winners, float[] share, int count) {
        for (int i = 0; i < count; i++) {
            share[i] = 1f / (float) winners[i] * share[i] + 0f;
        }
    }

    private static void hand(int[] left, int[] right, int[] share, long[] pairs, int count) {
        for (int i = 0; i < count; i++) {
            int low = share[i] & ~left[i];
            int high = share[i] & ~right[i];
            pairs[i] = ((long) high << 32) | (low & LOW);
        }
    }
}
