package dev.adjoint.jvm;

import java.util.stream.IntStream;

/// The loops of a sum: results in units, each of which is gathered row by row into a line of accumulators.
///
/// Where the innermost axis is kept, the accumulators are results themselves (columns); where it is summed, they are a
/// block that is folded at the end, so that no addition waits for the one before it (lines).
///
/// Where columns are few, several rows that follow each other are one row of the loops (`folded`), which is long enough for vector
/// instructions, and their accumulators are added up at the end. An operand that is the same in every row is then read from
/// a copy that repeats it.
final class SumNest {
    /// Accumulators of columns: 16 KB, which stay in the first cache.
    private static final int COLUMNS = 2048;

    /// Accumulators of lines: a sixteenth of what goes into them, in these bounds.
    private static final int FEWEST = 64;

    private static final int MOST = 1024;

    /// Numbers behind those that one thread writes, so that no two threads write to one line of the cache.
    static final int APART = 16;

    /// Columns of a folded row, and rows that must be left.
    private static final int FOLDED = 1024;

    private static final int ROWS = 16;

    private final int folded;
    private final int[] extents;
    private final int[][] steps;
    private final int[] to;
    private final boolean lines;
    private final int width;
    private final int rows;
    private final int rowAxis;
    private final int[] kept;
    private final int[] turning;

    /// @param joined the loops over the operands, and last the result
    SumNest(Joined joined, int operands) {
        extents = joined.extents();
        steps = IntStream.range(0, operands).mapToObj(joined::strides).toArray(int[][]::new);
        to = joined.strides(operands);
        int inner = extents.length - 1;
        lines = to[inner] == 0;
        folded = isFoldable() ? fold() : 1;
        int[] summed = outer(true);
        int block = lines ? Math.clamp(Integer.highestOneBit(perResult() / 16 + 1), FEWEST, MOST) : COLUMNS;
        width = Math.min(extents[inner], block);
        boolean cutsLine = lines && extents[inner] > width;
        rowAxis = cutsLine || summed.length == 0 ? -1 : summed[summed.length - 1];
        if (cutsLine) {
            rows = extents[inner] / width;
        } else {
            rows = rowAxis < 0 ? 1 : extents[rowAxis];
        }
        kept = outer(false);
        turning = IntStream.of(summed).filter(axis -> axis != rowAxis).toArray();
    }

    /// Whether rows follow each other, or are all the same, in every operand, and are summed.
    private boolean isFoldable() {
        int inner = extents.length - 1;
        return !lines
                && inner > 0
                && to[inner - 1] == 0
                && IntStream.range(0, steps.length)
                        .allMatch(
                                i -> isRepeated(i) || (steps[i][inner] == 1 && steps[i][inner - 1] == extents[inner]));
    }

    /// Whether an operand is one row, the same everywhere, or one number.
    private boolean isRepeated(int operand) {
        int[] step = steps[operand];
        for (int axis = 0; axis < step.length - 1; axis++) {
            if (step[axis] != 0) {
                return false;
            }
        }
        return true;
    }

    /// Makes rows of as many rows as go.
    private int fold() {
        int inner = extents.length - 1;
        int by = 1;
        while (extents[inner - 1] % 2 == 0 && extents[inner - 1] > ROWS && extents[inner] <= FOLDED / 2) {
            by *= 2;
            extents[inner] *= 2;
            extents[inner - 1] /= 2;
            for (int[] step : steps) {
                step[inner - 1] *= 2;
            }
        }
        return by;
    }

    private int[] outer(boolean isSummed) {
        return IntStream.range(0, extents.length - 1)
                .filter(axis -> (to[axis] == 0) == isSummed)
                .toArray();
    }

    private int perResult() {
        return IntStream.range(0, extents.length)
                .filter(axis -> to[axis] == 0)
                .map(axis -> extents[axis])
                .reduce(1, Math::multiplyExact);
    }

    /// Whether the loops are long enough to be worth their beginnings, and every operand lies along the innermost one.
    boolean isWorthwhile() {
        int inner = extents.length - 1;
        for (int[] step : steps) {
            if (step[inner] > 1) {
                return false;
            }
        }
        return width >= 8 && rows > 1 && (long) width * rows >= 128;
    }

    /// Whether an operand is one number along the innermost loop.
    boolean isScalar(int operand) {
        return steps[operand][extents.length - 1] == 0;
    }

    /// Rows in a row of the loops.
    int folded() {
        return folded;
    }

    /// Whether an operand is read from a copy that repeats it [#folded] times.
    boolean isCopied(int operand) {
        return folded > 1 && isRepeated(operand) && !isScalar(operand);
    }

    boolean isLines() {
        return lines;
    }

    /// The most accumulators of a unit.
    int width() {
        return width;
    }

    int units() {
        int chunks = lines ? 1 : Math.ceilDiv(extents[extents.length - 1], width);
        return product(kept) * chunks;
    }

    /// Elements of a unit, about.
    long unitWork() {
        return (long) width * rows * turns();
    }

    /// What can be cut into segments: turns, or the rows of the only turn.
    int length() {
        return turns() > 1 ? turns() : rows;
    }

    private int turns() {
        return product(turning);
    }

    private int product(int[] axes) {
        int product = 1;
        for (int axis : axes) {
            product *= extents[axis];
        }
        return product;
    }

    /// Which accumulators a unit has.
    int widthOf(int unit) {
        int inner = extents.length - 1;
        return lines ? width : Math.min(width, extents[inner] - chunk(unit) * width);
    }

    private int chunk(int unit) {
        return lines ? 0 : unit % Math.ceilDiv(extents[extents.length - 1], width);
    }

    /// Where the (first) result of a unit stands.
    int place(int unit) {
        return chunk(unit) * width + offset(to, kept, outerIndex(unit));
    }

    private int outerIndex(int unit) {
        return lines ? unit : unit / Math.ceilDiv(extents[extents.length - 1], width);
    }

    private int offset(int[] step, int[] axes, int index) {
        int rest = index;
        int offset = 0;
        for (int i = axes.length - 1; i >= 0; i--) {
            offset += rest % extents[axes[i]] * step[axes[i]];
            rest /= extents[axes[i]];
        }
        return offset;
    }

    /// How many numbers tell a loop where its operands are.
    private int places() {
        return 2 * steps.length + 1;
    }

    /// What goes through the loops, for one thread at a time.
    final class Gathering {
        private final Loop loop;
        private final Object[] x;
        private final double[][] sums;
        private final int[] at = new int[places() + APART];

        /// @param x the operands
        /// @param sums a line of accumulators for every sum
        Gathering(Loop loop, Object[] x, double[][] sums) {
            this.loop = loop;
            this.x = x;
            this.sums = sums;
        }

        double[][] sums() {
            return sums;
        }

        /// Runs a segment of a unit: some of its turns or rows.
        void run(int unit, int first, int end) {
            if (turns() > 1) {
                for (int turn = first; turn < end; turn++) {
                    turn(unit, turn, 0, rows);
                }
            } else {
                turn(unit, 0, first, end);
            }
        }

        private void turn(int unit, int turn, int first, int end) {
            int inner = extents.length - 1;
            int n = steps.length;
            int outer = outerIndex(unit);
            int column = chunk(unit) * width;
            for (int i = 0; i < n; i++) {
                int[] step = steps[i];
                int rowStep = rowAxis < 0 ? width * step[inner] : step[rowAxis];
                at[i] = offset(step, kept, outer)
                        + offset(step, turning, turn)
                        + column * step[inner]
                        + first * rowStep;
                at[n + i] = rowStep;
            }
            at[2 * n] = end - first;
            loop.run(x, sums, at, 0, widthOf(unit));
            if (lines && rowAxis < 0 && end == rows) {
                rest(end - first);
            }
        }

        /// What the last row of a line leaves over.
        private void rest(int run) {
            int rest = extents[extents.length - 1] - rows * width;
            if (rest > 0) {
                for (int i = 0; i < steps.length; i++) {
                    at[i] += run * at[steps.length + i];
                }
                at[2 * steps.length] = 1;
                loop.run(x, sums, at, 0, rest);
            }
        }
    }
}
