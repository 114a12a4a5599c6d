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

    /// All elements of the planes: as floats, then as pairs.
    private final float[] floats;

    private final MemorySegment floatBytes;
    private final long[] pairs;
    private final MemorySegment pairBytes;
    private final long[] upper;
    private final long[] lower;

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

        int pairs() {
            return height * length;
        }

        /// How many of all planes make a part of at least so many windows; parts are of equal size, so that threads are done
        /// together.
        int planesPerPart(int planes, int least) {
            int parts = Math.clamp((long) planes * windows() / least, 1, Math.max(1, planes));
            return Math.max(1, Math.ceilDiv(planes, parts));
        }
    }

    /// @param most how many planes there is room for
    WindowPairs(Extents extents, int most) {
        this.extents = extents;
        int windows = most * extents.windows();
        this.floats = new float[2 * most * extents.pairs()];
        this.floatBytes = MemorySegment.ofArray(floats);
        this.pairs = new long[most * extents.pairs()];
        this.pairBytes = MemorySegment.ofArray(pairs);
        this.upper = new long[windows];
        this.lower = new long[windows];
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
        int from = 2 * plane * extents.pairs();
        int at = plane * extents.windows();
        readPairs(inputs[0].floats(), from, planes);
        readBits(inputs[2].floats(), at, windows);
        int unfit = unfit(bits, windows);
        readBits(inputs[1].floats(), at, windows);
        unfit |= unfit(bits, windows) | findWinners(windows);
        if (unfit < 0) {
            return false;
        }
        System.arraycopy(inputs[2].floats(), at, share, 0, windows);
        divide(winners, share, windows);
        MemorySegment.copy(shareBytes, 0, bitBytes, 0, (long) Float.BYTES * windows);
        hand(loses[0], loses[1], bits, upper, windows);
        hand(loses[2], loses[3], bits, lower, windows);
        writePairs(dx, from, planes);
        return true;
    }

    private void readPairs(float[] x, int from, int planes) {
        int count = planes * extents.pairs();
        System.arraycopy(x, from, floats, 0, 2 * count);
        dropSignOfZero(floats, 2 * count);
        MemorySegment.copy(floatBytes, 0, pairBytes, 0, (long) Long.BYTES * count);
        int to = 0;
        for (int plane = 0; plane < planes; plane++) {
            int line = plane * extents.pairs();
            for (int i = 0; i < extents.lines(); i++) {
                System.arraycopy(pairs, line, upper, to, extents.length);
                System.arraycopy(pairs, line + extents.length, lower, to, extents.length);
                line += 2 * extents.length;
                to += extents.length;
            }
        }
    }

    private void writePairs(float[] dx, int to, int planes) {
        int count = planes * extents.pairs();
        int from = 0;
        for (int plane = 0; plane < planes; plane++) {
            int line = plane * extents.pairs();
            for (int i = 0; i < extents.lines(); i++) {
                System.arraycopy(upper, from, pairs, line, extents.length);
                System.arraycopy(lower, from, pairs, line + extents.length, extents.length);
                line += 2 * extents.length;
                from += extents.length;
            }
            Arrays.fill(pairs, line, (plane + 1) * extents.pairs(), 0); // an odd line belongs to no window
        }
        MemorySegment.copy(pairBytes, 0, floatBytes, 0, (long) Long.BYTES * count);
        System.arraycopy(floats, 0, dx, to, 2 * count);
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

    /// Negative if a window has no winner.
    private int findWinners(int windows) {
        compareLeft(upper, bits, loses[0], windows);
        compareRight(upper, bits, loses[1], windows);
        compareLeft(lower, bits, loses[2], windows);
        compareRight(lower, bits, loses[3], windows);
        count(loses, winners, windows);
        int unfit = 0;
        for (int i = 0; i < windows; i++) {
            unfit |= winners[i] - 1;
        }
        return unfit;
    }

    private static void compareLeft(long[] pairs, int[] largest, int[] loses, int count) {
        for (int i = 0; i < count; i++) {
            int difference = (int) pairs[i] ^ largest[i];
            loses[i] = (difference | -difference) >> 31;
        }
    }

    private static void compareRight(long[] pairs, int[] largest, int[] loses, int count) {
        for (int i = 0; i < count; i++) {
            int difference = (int) (pairs[i] >>> 32) ^ largest[i];
            loses[i] = (difference | -difference) >> 31;
        }
    }

    private static void count(int[][] loses, int[] winners, int count) {
        int[] a = loses[0];
        int[] b = loses[1];
        int[] c = loses[2];
        int[] d = loses[3];
        for (int i = 0; i < count; i++) {
            winners[i] = 4 + a[i] + b[i] + c[i] + d[i];
        }
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
