package dev.adjoint.jvm;

import java.util.Arrays;

/// The product of matrices that lie row by row, without packing: `out[r][j] = Σₖ x[r][k]·y[k][j]`, with the bits of
/// [Product].
///
/// A call of a library takes some 0.6 µs before it has multiplied anything (oneDNN, with copies), packing about as long. Here a
/// product takes some 3 ns for every pass over the columns: 0.05 µs for 2×2×2, 0.28 for 8×8×8, 0.44 for 10×10×10, 0.8 for
/// 16×16 by a column.
public final class SmallProduct {
    /// Up to so many multiplications packing costs more than it gains.
    private static final long MULTIPLICATIONS = 1024;

    /// Up to so many passes over the columns a call of a library costs more than it gains.
    private static final long PASSES = 128;

    private SmallProduct() {}

    /// Whether products of these extents are better not packed.
    static boolean isUnpacked(long rows, long columns, long depth) {
        return rows * columns * depth <= MULTIPLICATIONS;
    }

    /// Whether products of these extents are done before a library has begun.
    public static boolean isBest(long rows, long columns, long depth) {
        return isUnpacked(rows, columns, depth) && rows * depth <= PASSES;
    }

    static void floats(Factor x, Factor y, Factor out) {
        float[] a = (float[]) x.array();
        float[] b = (float[]) y.array();
        float[] c = (float[]) out.array();
        int columns = out.rowStride();
        for (int row = 0; row < x.rows(); row++) {
            int to = out.offset() + row * columns;
            Arrays.fill(c, to, to + columns, 0);
            for (int k = 0; k < y.rows(); k++) {
                float factor = a[x.offset() + row * y.rows() + k];
                int from = y.offset() + k * columns;
                for (int i = 0; i < columns; i++) {
                    c[to + i] = Math.fma(factor, b[from + i], c[to + i]);
                }
            }
        }
    }

    static void doubles(Factor x, Factor y, Factor out) {
        double[] a = (double[]) x.array();
        double[] b = (double[]) y.array();
        double[] c = (double[]) out.array();
        int columns = out.rowStride();
        for (int row = 0; row < x.rows(); row++) {
            int to = out.offset() + row * columns;
            Arrays.fill(c, to, to + columns, 0);
            for (int k = 0; k < y.rows(); k++) {
                double factor = a[x.offset() + row * y.rows() + k];
                int from = y.offset() + k * columns;
                for (int i = 0; i < columns; i++) {
                    c[to + i] = Math.fma(factor, b[from + i], c[to + i]);
                }
            }
        }
    }
}
