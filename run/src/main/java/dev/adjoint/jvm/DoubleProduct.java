package dev.adjoint.jvm;

import java.util.Arrays;

/// A [Product] of doubles, with the loops of [FloatProduct].
final class DoubleProduct implements Product {
    private static final int BLOCK = 4;

    private final double[][] panel;
    private final double[][] sums;

    /// The left factor's rows in work: one behind the other at every step.
    private final double[] packed;

    DoubleProduct(int depth, int rows, int columns) {
        int length = Product.rowLength(columns, Double.BYTES);
        this.panel = new double[Math.ceilDiv(depth, BLOCK) * BLOCK][length];
        this.sums = new double[Math.ceilDiv(rows, BLOCK) * BLOCK][length];
        this.packed = new double[BLOCK * panel.length];
    }

    @Override
    public Product ofSize(int depth, int rows, int columns) {
        return new DoubleProduct(depth, rows, columns);
    }

    @Override
    public Object[] panel() {
        return panel;
    }

    @Override
    public Object[] sums() {
        return sums;
    }

    @Override
    public void clear() {
        for (double[] row : sums) {
            Arrays.fill(row, 0);
        }
    }

    @Override
    public void filled(int depth, int columns) {
        for (int k = depth; k < Math.ceilDiv(depth, BLOCK) * BLOCK; k++) {
            Arrays.fill(panel[k], 0);
        }
    }

    @Override
    public void accumulate(Factor left, int depth, int columns) {
        int whole = Math.ceilDiv(depth, BLOCK) * BLOCK;
        for (int row = 0; row < left.rows(); row += BLOCK) {
            // A single row is worth a loop of its own; two and three go with rows that nobody reads.
            int height = row + 1 == left.rows() ? 1 : BLOCK;
            double[] a = pack(left, row, height, depth);
            for (int k = 0; k < whole; k += BLOCK) {
                if (height == 1) {
                    oneByFour(a, k, sums[row], columns);
                } else {
                    fourByFour(a, k, row, columns);
                }
            }
        }
    }

    private double[] pack(Factor left, int row, int height, int depth) {
        double[] a = (double[]) left.array();
        int step = left.depthStride();
        for (int r = 0; r < height; r++) {
            int from = left.offset() + Math.min(row + r, left.rows() - 1) * left.rowStride();
            for (int k = 0; k < depth; k++) {
                packed[k * height + r] = a[from + k * step];
            }
        }
        Arrays.fill(packed, depth * height, Math.ceilDiv(depth, BLOCK) * BLOCK * height, -0.0);
        return packed;
    }

    private void fourByFour(double[] a, int k, int row, int columns) {
        int i = BLOCK * k;
        double a0 = a[i];
        double b0 = a[i + 1];
        double d0 = a[i + 2];
        double e0 = a[i + 3];
        double a1 = a[i + 4];
        double b1 = a[i + 5];
        double d1 = a[i + 6];
        double e1 = a[i + 7];
        double a2 = a[i + 8];
        double b2 = a[i + 9];
        double d2 = a[i + 10];
        double e2 = a[i + 11];
        double a3 = a[i + 12];
        double b3 = a[i + 13];
        double d3 = a[i + 14];
        double e3 = a[i + 15];
        double[] x0 = panel[k];
        double[] x1 = panel[k + 1];
        double[] x2 = panel[k + 2];
        double[] x3 = panel[k + 3];
        double[] s0 = sums[row];
        double[] s1 = sums[row + 1];
        double[] s2 = sums[row + 2];
        double[] s3 = sums[row + 3];
        for (int m = 0; m < columns; m++) {
            double v0 = x0[m];
            double v1 = x1[m];
            double v2 = x2[m];
            double v3 = x3[m];
            s0[m] = Math.fma(a3, v3, Math.fma(a2, v2, Math.fma(a1, v1, Math.fma(a0, v0, s0[m]))));
            s1[m] = Math.fma(b3, v3, Math.fma(b2, v2, Math.fma(b1, v1, Math.fma(b0, v0, s1[m]))));
            s2[m] = Math.fma(d3, v3, Math.fma(d2, v2, Math.fma(d1, v1, Math.fma(d0, v0, s2[m]))));
            s3[m] = Math.fma(e3, v3, Math.fma(e2, v2, Math.fma(e1, v1, Math.fma(e0, v0, s3[m]))));
        }
    }

    private void oneByFour(double[] a, int k, double[] s, int columns) {
        double a0 = a[k];
        double a1 = a[k + 1];
        double a2 = a[k + 2];
        double a3 = a[k + 3];
        double[] x0 = panel[k];
        double[] x1 = panel[k + 1];
        double[] x2 = panel[k + 2];
        double[] x3 = panel[k + 3];
        for (int m = 0; m < columns; m++) {
            s[m] = Math.fma(a3, x3[m], Math.fma(a2, x2[m], Math.fma(a1, x1[m], Math.fma(a0, x0[m], s[m]))));
        }
    }

    @Override
    public void dots(Object[] left, int depth, int columns) {
        for (int row = 0; row < left.length; row += 2) {
            double[] a = (double[]) left[row];
            double[] b = (double[]) left[Math.min(row + 1, left.length - 1)];
            double[] d = row + 1 < left.length ? sums[row + 1] : new double[columns];
            int column = 0;
            for (; column + 3 < columns; column += 4) {
                dotTwoByFour(a, b, panel, column, depth, sums[row], d);
            }
            for (; column < columns; column++) {
                sums[row][column] += dot(a, panel[column], depth);
                d[column] += dot(b, panel[column], depth);
            }
        }
    }

    // Eight sums in registers: the compiler keeps the order of a sum and so does not vectorise it, but eight at once
    // run
    // at 14 billion operations a second.
    private static void dotTwoByFour(
            double[] a, double[] b, double[][] panel, int at, int depth, double[] c, double[] d) {
        double[] x0 = panel[at];
        double[] x1 = panel[at + 1];
        double[] x2 = panel[at + 2];
        double[] x3 = panel[at + 3];
        double a0 = 0;
        double a1 = 0;
        double a2 = 0;
        double a3 = 0;
        double b0 = 0;
        double b1 = 0;
        double b2 = 0;
        double b3 = 0;
        for (int k = 0; k < depth; k++) {
            double v = a[k];
            double w = b[k];
            a0 += v * x0[k];
            a1 += v * x1[k];
            a2 += v * x2[k];
            a3 += v * x3[k];
            b0 += w * x0[k];
            b1 += w * x1[k];
            b2 += w * x2[k];
            b3 += w * x3[k];
        }
        c[at] += a0;
        c[at + 1] += a1;
        c[at + 2] += a2;
        c[at + 3] += a3;
        d[at] += b0;
        d[at + 1] += b1;
        d[at + 2] += b2;
        d[at + 3] += b3;
    }

    private static double dot(double[] a, double[] x, int depth) {
        double sum = 0;
        for (int k = 0; k < depth; k++) {
            sum += a[k] * x[k];
        }
        return sum;
    }
}
