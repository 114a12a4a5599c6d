package dev.adjoint.op.linalg;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// S = V·Λ·Vᵀ for a symmetric S by cyclic Jacobi rotations: every off-diagonal pair in turn is turned to 0, until all are.
///
/// Source: Golub, Van Loan, "Matrix Computations", 4th ed., section 8.5.
final class JacobiEigen {
    private static final int SWEEPS = 60;

    private final Matrix s;

    /// Eigenvectors as rows.
    private final Matrix vectors;

    private final int exponent;
    private final double negligible;
    private final boolean converged;
    private final List<Integer> order;

    JacobiEigen(Matrix symmetric) {
        exponent = symmetric.exponent();
        s = symmetric.scaled(-exponent);
        vectors = Matrix.identity(s.rows());
        negligible = 0x1.0p-56;
        int sweep = 0;
        while (sweep < SWEEPS && sweep()) {
            sweep++;
        }
        converged = sweep < SWEEPS;
        order = IntStream.range(0, s.rows())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> s.get(i, i)))
                .toList();
    }

    /// Turns every pair once; whether one had to be turned.
    private boolean sweep() {
        boolean turned = false;
        for (int p = 0; p < s.rows(); p++) {
            for (int q = p + 1; q < s.rows(); q++) {
                if (Math.abs(s.get(p, q)) > negligible) {
                    rotate(p, q);
                    turned = true;
                }
            }
        }
        return turned;
    }

    private void rotate(int p, int q) {
        double pair = s.get(p, q);
        double low = s.get(p, p);
        double high = s.get(q, q);
        double tangent = tangent((high - low) / (2 * pair));
        double c = 1 / Math.sqrt(1 + tangent * tangent);
        double sine = tangent * c;
        s.rotateRows(p, q, c, sine);
        for (int i = 0; i < s.rows(); i++) {
            s.set(i, p, s.get(p, i));
            s.set(i, q, s.get(q, i));
        }
        s.set(p, p, low - tangent * pair);
        s.set(q, q, high + tangent * pair);
        s.set(p, q, 0);
        s.set(q, p, 0);
        vectors.rotateRows(p, q, c, sine);
    }

    /// The smaller root of t² + 2·ratio·t = 1: the tangent of the smaller angle that makes a pair 0.
    static double tangent(double ratio) {
        return Math.copySign(1, ratio) / (Math.abs(ratio) + Math.hypot(1, ratio));
    }

    boolean converged() {
        return converged;
    }

    /// The eigenvalues in rising order, as a column.
    Matrix values() {
        Matrix values = new Matrix(s.rows(), 1);
        for (int i = 0; i < s.rows(); i++) {
            values.set(i, 0, s.get(order.get(i), order.get(i)));
        }
        return values.scaled(exponent);
    }

    /// The eigenvectors as columns, in the order of the values.
    Matrix vectors() {
        Matrix sorted = new Matrix(s.rows(), s.rows());
        for (int i = 0; i < s.rows(); i++) {
            int from = order.get(i);
            sorted.addScaled(i, vectors.signOfRow(from), vectors, from);
        }
        return sorted.transposed();
    }
}
