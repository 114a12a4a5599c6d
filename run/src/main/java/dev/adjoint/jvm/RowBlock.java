package dev.adjoint.jvm;

import dev.adjoint.tensor.Elements;

/// Rows of float scores x that lie behind each other, their exponentials e^(xᵢ − m) for a shift m of each row, and the sums of
/// those.
///
/// Loops over one row are too short for vectors. So runs of 64 elements are folded to 32, for all rows in one loop, before
/// they are summed or compared. Such sums round once in float, the rest of the way in double.
///
/// Loops stay within one array: the compiler of the JVM makes vectors only where places in two arrays are the same.
final class RowBlock {
    private static final int LANES = 32;
    private static final int FEW = 8;
    private static final int RUN = 2 * LANES;
    private static final Elements[] NONE = {};

    private final int length;
    private final FloatExponentials exponentials;
    private final float[] shifts;
    private final boolean[] done;
    private Elements[] inputs = NONE;
    private int first;
    private int count;

    /// @param most how many rows there is room for
    /// @param length the elements of a row
    RowBlock(int most, int length) {
        this.length = length;
        this.exponentials = new FloatExponentials(most * length);
        this.shifts = new float[most];
        this.done = new boolean[most];
    }

    /// Turns to other rows.
    ///
    /// @param inputs the scores, then what else a formula reads
    void read(Elements[] inputs, int first, int count) {
        this.inputs = inputs;
        this.first = first;
        this.count = count;
    }

    /// Forgets the operands.
    void release() {
        inputs = NONE;
    }

    int rows() {
        return count;
    }

    int length() {
        return length;
    }

    Elements input(int index) {
        return inputs[index];
    }

    float[] scores() {
        return inputs[0].floats();
    }

    /// Which of all rows it is.
    int index(int row) {
        return first + row;
    }

    /// Where the scores of a row start.
    int start(int row) {
        return index(row) * length;
    }

    float shift(int row) {
        return shifts[row];
    }

    /// Whether a row is computed.
    boolean isDone(int row) {
        return done[row];
    }

    void setDone(int row, boolean isDone) {
        done[row] = isDone;
    }

    /// Shifts each row by its first score if that is finite, else not at all.
    void shiftByFirst() {
        for (int row = 0; row < count; row++) {
            float score = length == 0 ? 0 : scores()[start(row)];
            shifts[row] = Math.abs(score) < Float.POSITIVE_INFINITY ? score : 0;
        }
        exponentiate();
    }

    /// Shifts each row by what the formula makes of its largest score.
    void shiftByLargest(RowFormula formula) {
        float[] x = scores();
        float[] folded = exponentials.copy();
        if (length >= RUN) {
            System.arraycopy(x, start(0), folded, 0, count * length);
            foldMaxima(folded, count * length);
        }
        for (int row = 0; row < count; row++) {
            shifts[row] = formula.shift(largest(x, start(row), folded, row * length));
        }
        exponentiate();
    }

    private void exponentiate() {
        float[] x = exponentials.numbers();
        System.arraycopy(scores(), start(0), x, 0, count * length);
        for (int row = 0; row < count; row++) {
            subtract(x, row * length, (row + 1) * length, shifts[row]);
        }
        exponentials.apply(count * length);
        if (length >= RUN) {
            foldSums(exponentials.copy(), count * length);
        }
    }

    private static void subtract(float[] x, int at, int end, float shift) {
        for (int i = at; i < end; i++) {
            x[i] = x[i] - shift;
        }
    }

    /// The sum of a row's exponentials.
    double sum(int row) {
        int start = row * length;
        double sum = 0;
        int i = start;
        for (; i + RUN <= start + length; i += RUN) {
            sum += Combining.SUM.line(exponentials.copy(), i, LANES, 0);
        }
        return sum + Combining.SUM.line(exponentials.numbers(), i, start + length - i, 0);
    }

    /// Multiplies a row's exponentials.
    void scale(int row, float factor) {
        multiply(exponentials.numbers(), row * length, (row + 1) * length, factor);
    }

    /// Copies the exponentials of rows to where their scores are in another array.
    void copy(int row, int rows, float[] out) {
        System.arraycopy(exponentials.numbers(), row * length, out, start(row), rows * length);
    }

    private static void multiply(float[] x, int at, int end, float factor) {
        for (int i = at; i < end; i++) {
            x[i] = x[i] * factor;
        }
    }

    /// Elements 32 apart meet; loops with the length of a vector between them are not made of vectors.
    private static void foldSums(float[] x, int count) {
        for (int i = 0; i < count - LANES; i++) {
            x[i] = x[i] + x[i + LANES];
        }
    }

    /// Folds once more, to the first 8 and the third 8 of a run: the largest of two numbers takes longer than their sum.
    private static void foldMaxima(float[] x, int count) {
        for (int i = 0; i < count - LANES; i++) {
            x[i] = Math.max(x[i], x[i + LANES]);
        }
        for (int i = 0; i < count - LANES - FEW; i++) {
            x[i] = Math.max(x[i], x[i + FEW]);
        }
    }

    /// The largest of a row, of which whole runs are folded.
    private float largest(float[] x, int at, float[] folded, int start) {
        float largest = Float.NEGATIVE_INFINITY;
        int i = 0;
        for (; i + RUN <= length; i += RUN) {
            largest = Math.max(largest, max(folded, start + i, FEW));
            largest = Math.max(largest, max(folded, start + i + 2 * FEW, FEW));
        }
        return Math.max(largest, max(x, at + i, length - i));
    }

    private static float max(float[] x, int at, int count) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = at; i < at + count; i++) {
            max = Math.max(max, x[i]);
        }
        return max;
    }
}
