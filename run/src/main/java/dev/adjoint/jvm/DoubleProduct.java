package dev.adjoint.jvm;

/// A [Product] of doubles.
///
/// Two rows by four steps of depth in one pass over the columns: every element loaded from the panel takes part in two
/// products, every sum loaded and stored in four. Measured at 256 columns, one core: 1×4 33, 2×4 48, 2×4 with
/// [Math#fma] 50, 4×4 14 billion float operations a second (the compiler gives up on 4×4). Without fma the sums
/// have the same bits on processors that lack it, and there it would be emulated.
final class DoubleProduct implements Product {
    private final double[][] panel;
    private final double[][] sums;

    DoubleProduct(int depth, int rows, int columns) {
        this.panel = new double[depth][columns];
        this.sums = new double[rows][columns];
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
            java.util.Arrays.fill(row, 0);
        }
    }

    @Override
    public void accumulate(Factor left, int depth, int columns) {
        double[] a = (double[]) left.array();
        int row = 0;
        for (; row + 1 < left.rows(); row += 2) {
            two(a, left, row, depth, columns);
        }
        if (row < left.rows()) {
            one(a, left, row, depth, columns);
        }
    }

    private void two(double[] a, Factor left, int row, int depth, int columns) {
        double[] c = sums[row];
        double[] d = sums[row + 1];
        int step = left.depthStride();
        int i = left.offset() + row * left.rowStride();
        int j = i + left.rowStride();
        int k = 0;
        for (; k + 3 < depth; k += 4) {
            twoByFour(panel, k, c, d, a, i, j, step, columns);
            i += 4 * step;
            j += 4 * step;
        }
        for (; k < depth; k++) {
            oneByOne(panel[k], c, a[i], columns);
            oneByOne(panel[k], d, a[j], columns);
            i += step;
            j += step;
        }
    }

    private void one(double[] a, Factor left, int row, int depth, int columns) {
        int i = left.offset() + row * left.rowStride();
        int step = left.depthStride();
        int k = 0;
        for (; k + 3 < depth; k += 4) {
            oneByFour(panel, k, sums[row], a, i, step, columns);
            i += 4 * step;
        }
        for (; k < depth; k++) {
            oneByOne(panel[k], sums[row], a[i], columns);
            i += step;
        }
    }

    private static void twoByFour(
            double[][] panel, int k, double[] c, double[] d, double[] a, int i, int j, int step, int columns) {
        double a0 = a[i];
        double a1 = a[i + step];
        double a2 = a[i + 2 * step];
        double a3 = a[i + 3 * step];
        double b0 = a[j];
        double b1 = a[j + step];
        double b2 = a[j + 2 * step];
        double b3 = a[j + 3 * step];
        double[] x0 = panel[k];
        double[] x1 = panel[k + 1];
        double[] x2 = panel[k + 2];
        double[] x3 = panel[k + 3];
        for (int m = 0; m < columns; m++) {
            double v0 = x0[m];
            double v1 = x1[m];
            double v2 = x2[m];
            double v3 = x3[m];
            c[m] = c[m] + a0 * v0 + a1 * v1 + a2 * v2 + a3 * v3;
            d[m] = d[m] + b0 * v0 + b1 * v1 + b2 * v2 + b3 * v3;
        }
    }

    private static void oneByFour(double[][] panel, int k, double[] c, double[] a, int i, int step, int columns) {
        double a0 = a[i];
        double a1 = a[i + step];
        double a2 = a[i + 2 * step];
        double a3 = a[i + 3 * step];
        double[] x0 = panel[k];
        double[] x1 = panel[k + 1];
        double[] x2 = panel[k + 2];
        double[] x3 = panel[k + 3];
        for (int m = 0; m < columns; m++) {
            c[m] = c[m] + a0 * x0[m] + a1 * x1[m] + a2 * x2[m] + a3 * x3[m];
        }
    }

    private static void oneByOne(double[] x, double[] c, double a, int columns) {
        for (int m = 0; m < columns; m++) {
            c[m] = c[m] + a * x[m];
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
