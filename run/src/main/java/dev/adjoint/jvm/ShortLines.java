package dev.adjoint.jvm;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A loop over many lines as a loop over few blocks of lines, in which every operand lies as the result does: what is
/// repeated along some axes is written out first.
///
/// The JVM makes no vector instructions where an operand and the result are read and written at different indices, because
/// they could be one array; and the first and last elements of every loop are computed one by one. A sum and its ramp
/// along a line of 32 elements took 54 ns, along one of 100 elements 140; in blocks they take 27 and 60. Blocks stay in the
/// nearest caches. No bit depends on it.
final class ShortLines {
    /// About how many elements are computed at once.
    private static final int BLOCK = 2048;

    /// Lines along which every operand lies as the result does, or is one number, are worth it up to here.
    private static final int LONGEST_ALIGNED = 512;

    /// Below, a copy takes as long as what it saves.
    private static final int SHORTEST = 16;

    private final LoopShape shape;
    private final Loop loop;
    private final int length;
    private final int linesAtOnce;

    /// The operands that are written out, and those that lie as the result does. The others are one number.
    private final int[] moved;

    private final int[] aligned;
    private final int[] start;

    /// Room for a block, of the run that ended last.
    private final AtomicReference<@Nullable Room> latest = new AtomicReference<>();

    /// Room for a block of every operand and every result: what belongs to one thread at a time.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Room(Object[] operands, Object[] results) {}

    /// @param shape of the loop over one line
    /// @param moved the operands that do not lie as the result does and are more than one number
    /// @param length of the lines
    ShortLines(LoopShape shape, int[] moved, int length) {
        this.shape = shape;
        this.moved = moved;
        this.length = length;
        this.linesAtOnce = Math.max(1, BLOCK / length);
        this.aligned = IntStream.range(0, shape.operands().size())
                .filter(i -> shape.access().get(i) == Access.ALIGNED)
                .toArray();
        this.start = new int[shape.operands().size()];
        List<Access> access = new ArrayList<>(shape.access());
        for (int operand : moved) {
            access.set(operand, Access.ALIGNED);
        }
        this.loop = Loops.SHARED.of(new LoopShape(shape.operands(), access, shape.calls(), shape.results()));
    }

    /// Whether it is worth it: where the JVM makes vector instructions, and lines are long enough for a copy to be.
    static boolean fits(LoopShape shape, int[] moved, int length) {
        boolean shifted = Arrays.stream(moved).anyMatch(i -> shape.access().get(i) == Access.SHIFTED);
        return moved.length > 0
                && length >= SHORTEST
                && length <= (shifted ? BLOCK : LONGEST_ALIGNED)
                && !shape.isBranching()
                && (isAll(DType.F32, shape) || isAll(DType.F64, shape));
    }

    private static boolean isAll(DType dtype, LoopShape shape) {
        return shape.operands().stream().allMatch(type -> type == dtype)
                && shape.results().stream().allMatch(result -> shape.type(result) == dtype);
    }

    int linesAtOnce() {
        return linesAtOnce;
    }

    Room borrow() {
        Room last = latest.getAndSet(null);
        if (last != null) {
            return last;
        }
        List<DType> results = shape.results().stream().map(shape::type).toList();
        return new Room(arrays(shape.operands()), arrays(results));
    }

    private Object[] arrays(List<DType> types) {
        return types.stream()
                .map(type ->
                        Elements.allocate(type, (long) linesAtOnce * length).array())
                .toArray();
    }

    void giveBack(Room room) {
        latest.set(room);
    }

    /// Writes out a line of every operand that is moved.
    ///
    /// @param at where the operands stand, as in [Loop#run]
    /// @param line which line of the result
    /// @param to which line of the room
    void copy(Object[] x, int[] at, int line, Room room, int to) {
        for (int operand : moved) {
            Object written = room.operands[operand];
            if (shape.access().get(operand) == Access.SCALAR) {
                fill(x[operand], at[operand], written, to * length);
            } else {
                System.arraycopy(x[operand], line * length + at[operand], written, to * length, length);
            }
        }
    }

    /// One element again and again.
    private void fill(Object from, int at, Object to, int place) {
        if (from instanceof float[] floats) {
            Arrays.fill((float[]) to, place, place + length, floats[at]);
        } else {
            Arrays.fill((double[]) to, place, place + length, ((double[]) from)[at]);
        }
    }

    /// Computes the lines of the result from `first` to before `end`, whose moved operands stand in the room.
    void run(Object[] x, Object[] y, Room room, int first, int end) {
        Object[] read = x.clone();
        for (int operand : moved) {
            read[operand] = room.operands[operand];
        }
        int count = (end - first) * length;
        if (first == 0) {
            loop.run(read, y, start, 0, count);
            return;
        }
        int from = first * length;
        for (int operand : aligned) {
            read[operand] = room.operands[operand];
            System.arraycopy(x[operand], from, read[operand], 0, count);
        }
        loop.run(read, room.results, start, 0, count);
        for (int i = 0; i < y.length; i++) {
            System.arraycopy(room.results[i], 0, y[i], from, count);
        }
    }
}
