package dev.adjoint.jvm;

import java.util.Arrays;

/// The product of matrices that lie row by row, without packing: `out[r][j] = Σₖ x[r][k]·y[k][j]`, with the bits of
/// [Product].
final class SmallProduct {
    private SmallProduct() {}

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
