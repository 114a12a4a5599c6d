package dev.adjoint.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Native memory that kernels borrow while they run: pieces are kept for the next one, the smallest that is large enough, and
/// of those the one that came back last, which may still be in a cache.
///
/// One store for the whole process, because kernels of a plan run one after the other and can share. It shows in nothing
/// but time.
final class Scratch {
    static final Scratch SHARED = new Scratch();

    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    /// Floats of a vector register and of a line of a cache.
    private static final long LINE = 16;

    private final List<MemorySegment> free = new ArrayList<>();

    private Scratch() {}

    /// A piece for that many floats, of whatever it held last.
    synchronized MemorySegment borrow(long floats) {
        long bytes = floats * Float.BYTES;
        int best = -1;
        for (int i = free.size() - 1; i >= 0; i--) {
            long size = free.get(i).byteSize();
            if (size >= bytes && (best < 0 || size < free.get(best).byteSize())) {
                best = i;
            }
        }
        // Sizes are powers of two, so that kernels of nearly equal sizes share their pieces.
        return best >= 0 ? free.remove(best) : allocate(Long.highestOneBit(Math.max(floats, LINE) * 2 - 1));
    }

    /// Numbers in the fewest lines that hold so many.
    static long lines(long numbers) {
        return Math.ceilDiv(numbers, LINE) * LINE;
    }

    /// A piece of its own for that many floats, freed when nobody knows it any more.
    static MemorySegment allocate(long floats) {
        return Arena.ofAuto().allocate(Math.max(floats, LINE) * Float.BYTES, LINE * Float.BYTES);
    }

    synchronized void giveBack(MemorySegment piece) {
        free.add(piece);
    }

    /// Copies elements of an array to the start of a piece.
    static void copy(float[] from, int at, MemorySegment to, long toAt, int count) {
        MemorySegment.copy(from, at, to, FLOAT, toAt * Float.BYTES, count);
    }

    /// Copies elements of a piece to an array.
    static void copy(MemorySegment from, long at, float[] to, int toAt, int count) {
        MemorySegment.copy(from, FLOAT, at * Float.BYTES, to, toAt, count);
    }
}
