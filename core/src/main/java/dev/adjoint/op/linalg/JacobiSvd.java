package dev.adjoint.op.linalg;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// A = U·diag(σ)·Vᵀ by one-sided Jacobi rotations: every pair of columns in turn is turned until all are orthogonal; their
/// lengths are the singular values. Small singular values keep their relative accuracy.
///
/// Source: Hestenes 1958; Demmel, Veselić, "Jacobi's method is more accurate than QR", 1992.
final class JacobiSvd {
    private static final int SWEEPS = 60;

    /// A column this short beside the longest element is none.
    private static final double NOTHING = 0x1.0p-450;

    /// Columns of A (or of Aᵀ, whichever are fewer) as rows; in the end the left vectors as rows.
    private final Matrix left;

    /// The right vectors as rows.
    private final Matrix right;

    private final boolean exchanged;
    private final int exponent;
    private final boolean converged;
    private final double[] values;
    private final List<Integer> order;

    JacobiSvd(Matrix a) {
        exponent = a.exponent();
        exchanged = a.rows() < a.columns();
        Matrix scaled = a.scaled(-exponent);
        left = exchanged ? scaled : scaled.transposed();
        right = Matrix.identity(left.rows());
        int sweep = 0;
        while (sweep < SWEEPS && sweep()) {
            sweep++;
        }
        converged = sweep < SWEEPS;
        values = IntStream.range(0, left.rows()).mapToDouble(this::length).toArray();
        order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -values[i]))
                .toList();
        for (int k = 0; k < values.length; k++) {
            direction(k);
        }
    }

    private boolean sweep() {
        boolean turned = false;
        for (int p = 0; p < left.rows(); p++) {
            for (int q = p + 1; q < left.rows(); q++) {
                turned |= rotate(p, q);
            }
        }
        return turned;
    }

    private boolean rotate(int p, int q) {
        double pp = Math.sqrt(left.dotRows(p, p));
        double qq = Math.sqrt(left.dotRows(q, q));
        double pq = left.dotRows(p, q);
        boolean negligible = pp < NOTHING || qq < NOTHING;
        if (negligible || Math.abs(pq) <= 0x1.0p-53 * left.columns() * pp * qq) {
            return false;
        }
        double tangent = JacobiEigen.tangent((qq - pp) * (qq + pp) / (2 * pq));
        double c = 1 / Math.sqrt(1 + tangent * tangent);
        left.rotateRows(p, q, c, tangent * c);
        right.rotateRows(p, q, c, tangent * c);
        return true;
    }

    private double length(int row) {
        double length = Math.sqrt(left.dotRows(row, row));
        return length < NOTHING ? 0 : length;
    }

    /// Makes the left vector of the k-th largest value of length 1.
    private void direction(int k) {
        int row = order.get(k);
        if (values[row] > 0) {
            LuFactors.divideRow(left, row, values[row]);
        } else {
            complete(k);
        }
    }

    /// A direction orthogonal to those of the larger values: an axis without its parts along them.
    private void complete(int k) {
        int row = order.get(k);
        double length = 0;
        for (int axis = 0; axis < left.columns() && length * length * left.columns() < 0.5; axis++) {
            for (int j = 0; j < left.columns(); j++) {
                left.set(row, j, j == axis ? 1 : 0);
            }
            // Twice is enough: Parlett, "The Symmetric Eigenvalue Problem", section 6.9.
            for (int i = 0; i < 2 * k; i++) {
                int other = order.get(i % k);
                left.addScaled(row, -left.dotRows(row, other), left, other);
            }
            length = Math.sqrt(left.dotRows(row, row));
        }
        LuFactors.divideRow(left, row, length);
    }

    boolean converged() {
        return converged;
    }

    /// The singular values in falling order, as a column.
    Matrix values() {
        Matrix sorted = new Matrix(values.length, 1);
        for (int k = 0; k < values.length; k++) {
            sorted.set(k, 0, values[order.get(k)]);
        }
        return sorted.scaled(exponent);
    }

    /// U `[m,k]`.
    Matrix u() {
        return sorted(exchanged ? right : left).transposed();
    }

    /// Vᵀ `[k,n]`.
    Matrix vt() {
        return sorted(exchanged ? left : right);
    }

    /// In the order of the values, both sides with the sign that makes those of U unique.
    private Matrix sorted(Matrix vectors) {
        Matrix u = exchanged ? right : left;
        Matrix sorted = new Matrix(vectors.rows(), vectors.columns());
        for (int k = 0; k < values.length; k++) {
            int from = order.get(k);
            sorted.addScaled(k, u.signOfRow(from), vectors, from);
        }
        return sorted;
    }
}
