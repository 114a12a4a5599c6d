package dev.adjoint.op.linalg;

import java.util.stream.IntStream;

/// P·A = L·U by Gaussian elimination with partial pivoting: L has ones on its diagonal and stands below that of U.
///
/// Source: Golub, Van Loan, "Matrix Computations", 4th ed., algorithm 3.4.1.
final class LuFactors {
    private final Matrix factors;
    private final int[] order;
    private int exchanges;

    private LuFactors(Matrix a) {
        factors = a.copy();
        order = IntStream.range(0, a.rows()).toArray();
    }

    static LuFactors of(Matrix a) {
        LuFactors lu = new LuFactors(a);
        for (int k = 0; k < a.rows(); k++) {
            lu.exchange(k, lu.pivot(k));
            if (lu.factors.get(k, k) != 0) {
                lu.eliminate(k);
            }
        }
        return lu;
    }

    /// The row from k on with the largest element in column k.
    private int pivot(int k) {
        int best = k;
        for (int i = k + 1; i < order.length; i++) {
            if (Math.abs(factors.get(i, k)) > Math.abs(factors.get(best, k))) {
                best = i;
            }
        }
        return best;
    }

    private void exchange(int k, int pivot) {
        if (pivot != k) {
            factors.swapRows(k, pivot);
            int row = order[k];
            order[k] = order[pivot];
            order[pivot] = row;
            exchanges++;
        }
    }

    private void eliminate(int k) {
        for (int i = k + 1; i < order.length; i++) {
            double factor = factors.get(i, k) / factors.get(k, k);
            factors.set(i, k, factor);
            if (factor != 0) {
                for (int j = k + 1; j < order.length; j++) {
                    factors.set(i, j, factors.get(i, j) - factor * factors.get(k, j));
                }
            }
        }
    }

    /// The first pivot that is 0, or −1.
    int zeroPivot() {
        return IntStream.range(0, order.length)
                .filter(k -> factors.get(k, k) == 0)
                .findFirst()
                .orElse(-1);
    }

    /// The pivots, whose product is the determinant up to [#sign].
    double[] pivots() {
        return IntStream.range(0, order.length)
                .mapToDouble(k -> factors.get(k, k))
                .toArray();
    }

    /// 1 for an even number of exchanged rows, −1 for an odd one.
    int sign() {
        return exchanges % 2 == 0 ? 1 : -1;
    }

    /// A⁻¹·B.
    Matrix solve(Matrix b) {
        Matrix x = new Matrix(b.rows(), b.columns());
        for (int i = 0; i < order.length; i++) {
            x.addScaled(i, 1, b, order[i]);
            for (int j = 0; j < i; j++) {
                x.addScaled(i, -factors.get(i, j), x, j);
            }
        }
        for (int i = order.length - 1; i >= 0; i--) {
            for (int j = i + 1; j < order.length; j++) {
                x.addScaled(i, -factors.get(i, j), x, j);
            }
            divideRow(x, i, factors.get(i, i));
        }
        return x;
    }

    static void divideRow(Matrix x, int row, double divisor) {
        for (int j = 0; j < x.columns(); j++) {
            x.set(row, j, x.get(row, j) / divisor);
        }
    }
}
