package dev.adjoint.jvm;

import java.util.Arrays;

/// A [Product] of floats.
///
/// Four rows by four steps of depth in one pass over the columns: every element loaded from the panel takes part in
/// four products, and every sum is loaded and stored once for four. Measured at 512 columns, one core, billion
/// operations a second: 2×4 96, 3×4 138, 4×4 162, 3×6 143, and 14 for 4×5, 5×4, 8×2 and for 4×4 without [Math#fma]: the
/// compiler vectorises no body larger than this. Rows that lie equally in cache lines are what lifts 4×4 from 120.
///
/// What is missing to a fourth step is added as `−0 · 0`, which changes no sum, not even its sign.
final class FloatProduct implements Product {
    static final int BLOCK = 4;

    private final float[][] panel;
    private final float[][] sums;

    /// The left factor's rows in work: one behind the other at every step.
    private final float[] packed;

    FloatProduct(int depth, int rows, int columns) {
        int length = Product.rowLength(columns, Float.BYTES);
        this.panel = new float[Math.ceilDiv(depth, BLOCK) * BLOCK][length];
        this.sums = new float[Math.ceilDiv(rows, BLOCK) * BLOCK][length];
        this.packed = new float[BLOCK * panel.length];
    }

    @Override
    public Product ofSize(int depth, int rows, int columns) {
        return new FloatProduct(depth, rows, columns);
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
        for (float[] row : sums) {
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
            float[] a = pack(left, row, height, depth);
            for (int k = 0; k < whole; k += BLOCK) {
                if (height == 1) {
                    oneByFour(a, k, sums[row], columns);
                } else {
                    fourByFour(a, k, row, columns);
                }
            }
        }
    }

    /// The elements of up to [#BLOCK] rows at every step of depth behind each other; rows that are missing repeat the last.
    float[] pack(Factor left, int row, int height, int depth) {
        float[] a = (float[]) left.array();
        int step = left.depthStride();
        for (int r = 0; r < height; r++) {
            int from = left.offset() + Math.min(row + r, left.rows() - 1) * left.rowStride();
            for (int k = 0; k < depth; k++) {
                packed[k * height + r] = a[from + k * step];
            }
        }
        Arrays.fill(packed, depth * height, Math.ceilDiv(depth, BLOCK) * BLOCK * height, -0f);
        return packed;
    }

    private void fourByFour(float[] a, int k, int row, int columns) {
        int i = BLOCK * k;
        float a0 = a[i];
        float b0 = a[i + 1];
        float d0 = a[i + 2];
        float e0 = a[i + 3];
        float a1 = a[i + 4];
        float b1 = a[i + 5];
        float d1 = a[i + 6];
        float e1 = a[i + 7];
        float a2 = a[i + 8];
        float b2 = a[i + 9];
        float d2 = a[i + 10];
        float e2 = a[i + 11];
        float a3 = a[i + 12];
        float b3 = a[i + 13];
        float d3 = a[i + 14];
        float e3 = a[i + 15];
        float[] x0 = panel[k];
        float[] x1 = panel[k + 1];
        float[] x2 = panel[k + 2];
        float[] x3 = panel[k + 3];
        float[] s0 = sums[row];
        float[] s1 = sums[row + 1];
        float[] s2 = sums[row + 2];
        float[] s3 = sums[row + 3];
        for (int m = 0; m < columns; m++) {
            float v0 = x0[m];
            float v1 = x1[m];
            float v2 = x2[m];
            float v3 = x3[m];
            s0[m] = Math.fma(a3, v3, Math.fma(a2, v2, Math.fma(a1, v1, Math.fma(a0, v0, s0[m]))));
            s1[m] = Math.fma(b3, v3, Math.fma(b2, v2, Math.fma(b1, v1, Math.fma(b0, v0, s1[m]))));
            s2[m] = Math.fma(d3, v3, Math.fma(d2, v2, Math.fma(d1, v1, Math.fma(d0, v0, s2[m]))));
            s3[m] = Math.fma(e3, v3, Math.fma(e2, v2, Math.fma(e1, v1, Math.fma(e0, v0, s3[m]))));
        }
    }

    private void oneByFour(float[] a, int k, float[] s, int columns) {
        float a0 = a[k];
        float a1 = a[k + 1];
        float a2 = a[k + 2];
        float a3 = a[k + 3];
        float[] x0 = panel[k];
        float[] x1 = panel[k + 1];
        float[] x2 = panel[k + 2];
        float[] x3 = panel[k + 3];
        for (int m = 0; m < columns; m++) {
            s[m] = Math.fma(a3, x3[m], Math.fma(a2, x2[m], Math.fma(a1, x1[m], Math.fma(a0, x0[m], s[m]))));
        }
    }

    @Override
    public void dots(Object[] left, int depth, int columns) {
        for (int row = 0; row < left.length; row += 2) {
            float[] a = (float[]) left[row];
            float[] b = (float[]) left[Math.min(row + 1, left.length - 1)];
            float[] d = row + 1 < left.length ? sums[row + 1] : new float[columns];
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
    private static void dotTwoByFour(float[] a, float[] b, float[][] panel, int at, int depth, float[] c, float[] d) {
        float[] x0 = panel[at];
        float[] x1 = panel[at + 1];
        float[] x2 = panel[at + 2];
        float[] x3 = panel[at + 3];
        float a0 = 0;
        float a1 = 0;
        float a2 = 0;
        float a3 = 0;
        float b0 = 0;
        float b1 = 0;
        float b2 = 0;
        float b3 = 0;
        for (int k = 0; k < depth; k++) {
            float v = a[k];
            float w = b[k];
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

    private static float dot(float[] a, float[] x, int depth) {
        float sum = 0;
        for (int k = 0; k < depth; k++) {
            sum += a[k] * x[k];
        }
        return sum;
    }
}
