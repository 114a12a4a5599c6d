package dev.adjoint.jvm;

import dev.adjoint.jvm.LoopShape.Applied;
import dev.adjoint.op.elementwise.Exp;
import dev.adjoint.tensor.DType;
import java.util.List;

/// [Scores] of doubles.
///
/// Extremes and sums of a row are taken in eight lanes: one chain of dependent additions would take as long as the products.
final class DoubleScores implements Scores {
    private static final Loop EXPONENTIAL = Loops.SHARED.of(new LoopShape(
            List.of(DType.F64),
            List.of(Access.ALIGNED),
            List.of(new Applied(new Exp(), List.of(0), DType.F64)),
            List.of(1),
            LoopShape.Writing.STORED));

    @Override
    public void weigh(Block block, Object reciprocals) {
        double[] x = (double[]) block.scores();
        double[] inverse = (double[]) reciprocals;
        int columns = block.columns();
        for (int row = 0; row < block.rows(); row++) {
            int from = row * columns;
            int seen = block.seen(row);
            double scale = block.scale();
            for (int i = from; i < from + seen; i++) {
                x[i] *= scale;
            }
            mask(block, row, x, from, seen);
            double max = max(x, from, seen);
            double shift = max == Double.NEGATIVE_INFINITY ? 0 : max;
            for (int i = from; i < from + seen; i++) {
                x[i] -= shift;
            }
            java.util.Arrays.fill(x, from + seen, from + columns, Double.NEGATIVE_INFINITY);
        }
        EXPONENTIAL.run(new Object[] {x}, new Object[] {x}, new int[1], 0, block.rows() * columns);
        for (int row = 0; row < block.rows(); row++) {
            double sum = sum(x, row * columns, columns);
            inverse[row] = sum == 0 ? 1 : 1 / sum;
        }
    }

    private static void mask(Block block, int row, double[] x, int from, int seen) {
        Mask mask = block.mask();
        int at = mask.at() + row * mask.rowStride();
        if (mask.numbers() instanceof double[] added) {
            for (int i = 0; i < seen; i++) {
                x[from + i] += added[at + i * mask.columnStride()];
            }
        } else if (!mask.isNone()) {
            byte[] shown = (byte[]) mask.numbers();
            for (int i = 0; i < seen; i++) {
                x[from + i] = shown[at + i * mask.columnStride()] != 0 ? x[from + i] : Double.NEGATIVE_INFINITY;
            }
        }
    }

    private static double max(double[] x, int from, int count) {
        double a = Double.NEGATIVE_INFINITY;
        double b = a;
        double c = a;
        double d = a;
        int i = from;
        for (; i + 3 < from + count; i += 4) {
            a = Math.max(a, x[i]);
            b = Math.max(b, x[i + 1]);
            c = Math.max(c, x[i + 2]);
            d = Math.max(d, x[i + 3]);
        }
        for (; i < from + count; i++) {
            a = Math.max(a, x[i]);
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
    public void backward(Block block, Object reciprocals, Object cotangents) {
        double[] p = (double[]) block.scores();
        double[] ct = (double[]) cotangents;
        double[] inverse = (double[]) reciprocals;
        double scale = block.scale();
        int columns = block.columns();
        for (int row = 0; row < block.rows(); row++) {
            int from = row * columns;
            double factor = inverse[row];
            double mean = product(p, ct, from, block.seen(row)) * factor;
            for (int i = from; i < from + columns; i++) {
                double weight = p[i] * factor;
                p[i] = weight;
                ct[i] = weight * (ct[i] - mean) * scale;
            }
        }
    }

    @Override
    public void scaleRows(Object rows, int at, int length, int count, Object factors) {
        double[] y = (double[]) rows;
        double[] by = (double[]) factors;
        for (int row = 0; row < count; row++) {
            double factor = by[row];
            for (int i = at + row * length; i < at + (row + 1) * length; i++) {
                y[i] *= factor;
            }
        }
    }
}
