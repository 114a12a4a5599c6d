package dev.adjoint.jvm;

import dev.adjoint.run.Pool;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A generated loop over a result in pieces: floats that are repeated along some axes are first written out for a piece, as
/// they meet the result's elements, so that the loop need not stop at the end of every line.
///
/// They are written out as doubles, which hold them exactly: the JVM makes vector instructions of a loop only where it knows
/// that nothing it reads is written, and it tells arrays apart by their element types.
final class PiecewiseLoop {
    /// Numbers that are written out for a piece: they stay in the first-level cache, beside what the loop reads and writes. With four
    /// operands, pieces of 1024 take a fifth to a half longer than of 512; with one, pieces of 512 of a long formula take half
    /// longer than of 2048, because what comes before and after the vector instructions is long, too.
    private static final int WRITTEN_OUT = 2048;

    private static final int SHORTEST_PIECE = 512;

    /// Lines from which one loop for each is as fast.
    private static final int LONG_LINE = 256;

    private final Loop loop;
    private final int[] extents;
    private final int[][] strides;
    private final int[] copied;

    /// Which of them repeat with the lines, of which every piece holds the same number: they are written out once.
    private final boolean[] same;

    private final int piece;
    private final int operands;
    private final Pool<Pieces> idle = new Pool<>(Pieces::new);

    /// @param loop reads some operands as [Access#COPIED]
    /// @param extents of the loops around it, its own last
    /// @param strides for every operand by how much its place moves along each of them
    PiecewiseLoop(Loop loop, List<Access> access, int[] extents, int[][] strides) {
        this.loop = loop;
        this.extents = extents;
        this.strides = strides;
        this.copied = IntStream.range(0, access.size())
                .filter(i -> access.get(i) == Access.COPIED)
                .toArray();
        this.operands = access.size();
        int line = extents[extents.length - 1];
        int most = Math.max(SHORTEST_PIECE, WRITTEN_OUT / copied.length);
        this.same = new boolean[copied.length];
        for (int i = 0; i < copied.length; i++) {
            same[i] = line <= most && isOneLine(strides[copied[i]]);
        }
        this.piece = line > most ? most : most / line * line;
    }

    /// Whether a loop for each line would be slow, because lines are short or an operand lies elsewhere than the result.
    static boolean isBetter(List<Access> access, int[][] strides, int line) {
        return IntStream.range(0, strides.length)
                .anyMatch(i -> access.get(i) == Access.SHIFTED || (isRepeated(strides[i]) && line < LONG_LINE));
    }

    /// How an operand is read where the loop runs in pieces.
    static Access access(Access access, int[] strides) {
        return access == Access.SHIFTED || (access == Access.SCALAR && isRepeated(strides)) ? Access.COPIED : access;
    }

    /// Whether an operand that is one number in a line is another in the next.
    private static boolean isRepeated(int[] strides) {
        return strides[strides.length - 1] == 0 && Arrays.stream(strides).anyMatch(stride -> stride != 0);
    }

    /// Runs over the elements from one to before another, which begin lines.
    void run(Object[] x, Object[] y, int from, int to) {
        Pieces pieces = idle.borrow();
        try {
            pieces.run(x, y, from, to);
        } finally {
            idle.giveBack(pieces);
        }
    }

    /// Whether an operand has a single line, which repeats.
    private static boolean isOneLine(int[] stride) {
        return Arrays.stream(stride, 0, stride.length - 1).allMatch(step -> step == 0);
    }

    private static void widen(float[] x, int at, double[] to, int toAt, int count) {
        for (int i = 0; i < count; i++) {
            to[toAt + i] = x[at + i];
        }
    }

    /// Pieces written out, for one thread at a time.
    private final class Pieces {
        private final double[][] copies = new double[copied.length][piece];
        private final Object[] read = new Object[operands];
        private final int[] at = new int[operands];

        /// Of the line that is written out.
        private final int[] index = new int[extents.length - 1];

        void run(Object[] x, Object[] y, int from, int to) {
            System.arraycopy(x, 0, read, 0, operands);
            for (int start = from; start < to; start += piece) {
                int end = Math.min(to, start + piece);
                for (int i = 0; i < copied.length; i++) {
                    int operand = copied[i];
                    if (!same[i]) {
                        copy((float[]) x[operand], strides[operand], start, copies[i], end - start);
                    } else if (start == from) {
                        repeat((float[]) x[operand], copies[i], end - start);
                    }
                    read[operand] = copies[i];
                    at[operand] = -start;
                }
                loop.run(read, y, at, start, end);
            }
            Arrays.fill(read, null);
        }

        /// Writes out the one line of an operand as often as it fits: what is written so far is doubled.
        private void repeat(float[] x, double[] to, int count) {
            int line = extents[extents.length - 1];
            widen(x, 0, to, 0, line);
            for (int written = line; written < count; written *= 2) {
                System.arraycopy(to, 0, to, written, Math.min(written, count - written));
            }
        }

        /// Writes out the elements of an operand that meet the result's from a place on.
        private void copy(float[] x, int[] stride, int from, double[] to, int count) {
            int inner = stride.length - 1;
            int line = extents[inner];
            int place = seek(from / line, stride);
            int column = from % line;
            for (int written = 0; written < count; column = 0) {
                int length = Math.min(line - column, count - written);
                if (stride[inner] == 0) {
                    Arrays.fill(to, written, written + length, x[place]);
                } else {
                    widen(x, place + column, to, written, length);
                }
                written += length;
                place += advance(stride);
            }
        }

        /// Where a line begins in an operand.
        private int seek(int line, int[] stride) {
            int rest = line;
            int place = 0;
            for (int axis = index.length - 1; axis >= 0; axis--) {
                index[axis] = rest % extents[axis];
                rest /= extents[axis];
                place += index[axis] * stride[axis];
            }
            return place;
        }

        /// By how much the place moves to the next line.
        private int advance(int[] stride) {
            int by = 0;
            for (int axis = index.length - 1; axis >= 0; axis--) {
                if (++index[axis] < extents[axis]) {
                    return by + stride[axis];
                }
                by -= (extents[axis] - 1) * stride[axis];
                index[axis] = 0;
            }
            return by;
        }
    }
}
