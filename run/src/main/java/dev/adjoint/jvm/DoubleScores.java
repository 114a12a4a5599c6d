package dev.adjoint.jvm;

import dev.adjoint.jvm.LoopShape.Applied;
import dev.adjoint.op.elementwise.Exp;
import dev.adjoint.tensor.DType;
import java.util.Arrays;
import java.util.List;

/// [Scores] of doubles.
///
/// Extremes and sums of a row are taken in several lanes: one chain of dependent additions would take as long as the products.
final class DoubleScores implements Scores {
    private static final Loop EXPONENTIAL = Loops.SHARED.of(new LoopShape(
            List.of(DType.F64),
            List.of(Access.ALIGNED),
            List.of(new Applied(new Exp(), List.of(0), DType.F64)),
            List.of(1),
            LoopShape.Writing.STORED));

    @Override
    public void extend(ScoreBlock block, SoftmaxRows rows) {
        double[] x = (double[]) block.scores;
        for (int row = 0; row < block.rows; row++) {
            int from = row * block.columns;
            int seen = block.seen(row);
            scale(block, row, x);
            subtract(x, from, seen, rows.raise(row, max(x, from, seen)));
        }
        exponentials(block, x);
        for (int row = 0; row < block.rows; row++) {
            rows.addToSum(row, sum(x, row * block.columns, block.seen(row)));
        }
    }

    @Override
    public void repeat(ScoreBlock block, SoftmaxRows rows) {
        double[] x = (double[]) block.scores;
        for (int row = 0; row < block.rows; row++) {
            scale(block, row, x);
            subtract(x, row * block.columns, block.seen(row), rows.shift(row));
        }
        exponentials(block, x);
    }

    private static void scale(ScoreBlock block, int row, double[] x) {
        double scale = block.scale;
        int from = row * block.columns;
        int end = from + block.seen(row);
        for (int i = from; i < end; i++) {
            x[i] *= scale;
        }
        if (block.isMasked) {
            mask(block, row, x);
        }
    }

    private static void mask(ScoreBlock block, int row, double[] x) {
        int at = block.maskAt + row * block.maskRowStride;
        int step = block.maskColumnStride;
        int from = row * block.columns;
        if (block.mask instanceof double[] added) {
            for (int i = 0; i < block.columns; i++) {
                x[from + i] += added[at + i * step];
            }
        } else {
            byte[] shown = (byte[]) block.mask;
            for (int i = 0; i < block.columns; i++) {
                x[from + i] = shown[at + i * step] != 0 ? x[from + i] : Double.NEGATIVE_INFINITY;
            }
        }
    }

    private static void subtract(double[] x, int from, int count, double shift) {
        for (int i = from; i < from + count; i++) {
            x[i] -= shift;
        }
    }

    /// Of all, because one long loop is faster than many short ones; what causality hides gets 0 and not e^0.
    private static void exponentials(ScoreBlock block, double[] x) {
        clearHidden(block, x);
        EXPONENTIAL.run(block.operand, block.operand, block.start, 0, block.rows * block.columns);
        clearHidden(block, x);
    }

    private static void clearHidden(ScoreBlock block, double[] x) {
        for (int row = 0; row < block.rows; row++) {
            int seen = block.seen(row);
            if (seen < block.columns) {
                Arrays.fill(x, row * block.columns + seen, (row + 1) * block.columns, 0);
            }
        }
    }

    /// The greatest number. What is not a number does not count here, but shows in the sum.
    private static double max(double[] x, int from, int count) {
        double a = Double.NEGATIVE_INFINITY;
        double b = a;
        double c = a;
        double d = a;
        int i = from;
        for (; i + 3 < from + count; i += 4) {
            a = x[i] > a ? x[i] : a;
            b = x[i + 1] > b ? x[i + 1] : b;
            c = x[i + 2] > c ? x[i + 2] : c;
            d = x[i + 3] > d ? x[i + 3] : d;
        }
        for (; i < from + count; i++) {
            a = x[i] > a ? x[i] : a;
        }
        return Math.max(Math.max(a, b), Math.max(c, d));
    }

    private static double sum(double[] x, int from, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 7 < from + count; i += 8) {
            a += x[i] + x[i + 4];
            b += x[i + 1] + x[i + 5];
            c += x[i + 2] + x[i + 6];
            d += x[i + 3] + x[i + 7];
        }
        for (; i < from + count; i++) {
            a += x[i];
        }
        return (a + b) + (c + d);
    }

    private static double product(double[] x, double[] y, int from, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 7 < from + count; i += 8) {
            a += x[i] * y[i] + x[i + 4] * y[i + 4];
            b += x[i + 1] * y[i + 1] + x[i + 5] * y[i + 5];
            c += x[i + 2] * y[i + 2] + x[i + 6] * y[i + 6];
            d += x[i + 3] * y[i + 3] + x[i + 7] * y[i + 7];
        }
        for (; i < from + count; i++) {
            a += x[i] * y[i];
        }
        return (a + b) + (c + d);
    }

    @Override
    public void weigh(ScoreBlock block, Object cotangents, SoftmaxRows rows) {
        double[] e = (double[]) block.scores;
        double[] ct = (double[]) cotangents;
        for (int row = 0; row < block.rows; row++) {
            rows.addToMean(row, product(e, ct, row * block.columns, block.seen(row)));
        }
    }

    @Override
    public void backward(ScoreBlock block, Object cotangents, SoftmaxRows rows) {
        double[] p = (double[]) block.scores;
        double[] ct = (double[]) cotangents;
        double scale = block.scale;
        for (int row = 0; row < block.rows; row++) {
            int from = row * block.columns;
            int end = from + block.columns;
            double factor = rows.sum[rows.at + row];
            double mean = rows.mean[rows.at + row];
            for (int i = from; i < end; i++) {
                double weight = p[i] * factor;
                p[i] = weight;
                ct[i] = weight * (ct[i] - mean) * scale;
            }
        }
    }

    @Override
    public void scaleRows(Object numbers, int from, int length, SoftmaxRows rows) {
        double[] y = (double[]) numbers;
        for (int row = 0; row < rows.count; row++) {
            double factor = rows.sum[rows.at + row];
            int at = from + row * length;
            for (int i = at; i < at + length; i++) {
                y[i] *= factor;
            }
        }
    }

    @Override
    public void blend(Object numbers, int from, Object more, int length, SoftmaxRows rows) {
        double[] y = (double[]) numbers;
        double[] x = (double[]) more;
        for (int row = 0; row < rows.count; row++) {
            double factor = rows.factor[rows.at + row];
            int at = from + row * length;
            for (int i = 0; i < length; i++) {
                y[at + i] = y[at + i] * factor + x[row * length + i];
            }
        }
    }
}
