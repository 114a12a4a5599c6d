package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;

/// [FloatMaxPool] for windows of two by two elements side by side, the most frequent ones, on planes of even width.
///
/// The upper and the lower lines of many planes are brought together, so that one is compared with the other in vectors; then
/// neighbours are read as one long, whose halves are compared: 0.8 ns a window, where tables of what each tap reads take 1.2 to 1.6.
final class TwoByTwoMaxPool implements Kernel {
    /// Windows below which a part is not worth handing out (about 4 µs).
    private static final int PART = 1 << 12;

    /// Windows that are worked on at a time, as far as planes are not larger: what they need stays in the cache.
    private static final int BLOCK = 1 << 10;

    /// Pairs of a line below which its copies take longer than a table.
    private static final int SHORT = 4;

    private final int planes;
    private final Workers workers;
    private final WindowPairs.Extents extents;
    private final int perBlock;
    private final Pool<Lines> idle = new Pool<>(this::lines);

    /// @param spatial the extents of a plane
    TwoByTwoMaxPool(int planes, Shape spatial, Workers workers) {
        this.planes = planes;
        this.workers = workers;
        this.extents = new WindowPairs.Extents((int) spatial.dim(0), (int) spatial.dim(1) / 2);
        this.perBlock = Math.clamp(BLOCK / Math.max(1, extents.windows()), 1, Math.max(1, planes));
    }

    /// Whether lines of a plane are long enough.
    static boolean fits(Shape spatial) {
        return spatial.dim(1) >= 2 * SHORT;
    }

    private Lines lines() {
        return new Lines(perBlock * extents.windows());
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] x = inputs[0].floats();
        float[] y = outputs[0].floats();
        int grain = extents.planesPerPart(planes, PART);
        workers.run(Math.ceilDiv(planes, grain), part -> {
            Lines lines = idle.borrow();
            int end = Math.min(planes, (part + 1) * grain);
            for (int first = part * grain; first < end; first += perBlock) {
                int count = Math.min(end, first + perBlock) - first;
                lines.read(x, first, count, extents);
                lines.largest(y, first * extents.windows(), count * extents.windows());
            }
            idle.giveBack(lines);
        });
    }

    /// The lines of some planes' windows.
    private static final class Lines {
        private final float[] upper;
        private final float[] lower;
        private final long[] pairs;
        private final int[] bits;
        private final float[] left;
        private final float[] right;
        private final MemorySegment upperBytes;
        private final MemorySegment pairBytes;
        private final MemorySegment bitBytes;
        private final MemorySegment leftBytes;
        private final MemorySegment rightBytes;

        Lines(int windows) {
            upper = new float[2 * windows];
            lower = new float[2 * windows];
            pairs = new long[windows];
            bits = new int[windows];
            left = new float[windows];
            right = new float[windows];
            upperBytes = MemorySegment.ofArray(upper);
            pairBytes = MemorySegment.ofArray(pairs);
            bitBytes = MemorySegment.ofArray(bits);
            leftBytes = MemorySegment.ofArray(left);
            rightBytes = MemorySegment.ofArray(right);
        }

        void read(float[] x, int plane, int planes, WindowPairs.Extents extents) {
            int width = 2 * extents.length();
            int to = 0;
            for (int p = plane; p < plane + planes; p++) {
                int line = 2 * p * extents.pairs();
                for (int i = 0; i < extents.lines(); i++) {
                    System.arraycopy(x, line, upper, to, width);
                    System.arraycopy(x, line + width, lower, to, width);
                    line += 2 * width;
                    to += width;
                }
            }
        }

        /// What is on the left and what is on the right become arrays of their own.
        void largest(float[] y, int at, int windows) {
            long bytes = (long) Float.BYTES * windows;
            maximum(lower, upper, 2 * windows);
            MemorySegment.copy(upperBytes, 0, pairBytes, 0, 2 * bytes);
            low(pairs, bits, windows);
            MemorySegment.copy(bitBytes, 0, leftBytes, 0, bytes);
            high(pairs, bits, windows);
            MemorySegment.copy(bitBytes, 0, rightBytes, 0, bytes);
            maximum(right, left, windows);
            System.arraycopy(left, 0, y, at, windows);
        }

        private static void maximum(float[] x, float[] y, int count) {
            for (int i = 0; i < count; i++) {
                y[i] = Math.max(y[i], x[i]);
            }
        }

        private static void low(long[] pairs, int[] low, int count) {
            for (int i = 0; i < count; i++) {
                low[i] = (int) pairs[i];
            }
        }

        private static void high(long[] pairs, int[] high, int count) {
            for (int i = 0; i < count; i++) {
                high[i] = (int) (pairs[i] >>> 32);
            }
        }
    }
}
