package dev.adjoint.op.linalg;

/// A = Q·R by Householder reflections; the diagonal of R is not negative.
///
/// Source: Golub, Van Loan, "Matrix Computations", 4th ed., algorithm 5.2.1.
final class Householder {
    private final Matrix r;

    /// The reflection of column k is 1 − vₖ·vₖᵀ; vₖ is row k.
    private final Matrix reflections;

    private final int size;
    private final int exponent;

    Householder(Matrix a) {
        // The largest number is near 1, so that no square overflows.
        exponent = a.exponent();
        r = a.scaled(-exponent);
        size = Math.min(a.rows(), a.columns());
        reflections = new Matrix(size, a.rows());
        for (int k = 0; k < size; k++) {
            if (reflection(k)) {
                reflect(k, r);
            }
        }
    }

    /// The reflection that puts column k, from its diagonal on, onto the axis; none if there is nothing below the diagonal.
    private boolean reflection(int k) {
        Matrix column = new Matrix(1, r.rows());
        for (int i = k; i < r.rows(); i++) {
            column.set(0, i, r.get(i, k));
        }
        // Once more near 1: a short column beside long ones.
        column = column.scaled(-column.exponent());
        double head = column.get(0, k);
        column.set(0, k, 0);
        double below = column.dotRows(0, 0);
        if (below == 0) {
            return false;
        }
        column.set(0, k, head + Math.copySign(Math.sqrt(head * head + below), head));
        reflections.addScaled(k, Math.sqrt(2 / column.dotRows(0, 0)), column, 0);
        return true;
    }

    private void reflect(int k, Matrix target) {
        double[] products = new double[target.columns()];
        for (int i = k; i < target.rows(); i++) {
            for (int j = 0; j < products.length; j++) {
                products[j] += reflections.get(k, i) * target.get(i, j);
            }
        }
        for (int i = k; i < target.rows(); i++) {
            for (int j = 0; j < products.length; j++) {
                target.set(i, j, target.get(i, j) - reflections.get(k, i) * products[j]);
            }
        }
    }

    private double sign(int k) {
        return r.get(k, k) < 0 ? -1 : 1;
    }

    /// Q `[m,k]` with orthonormal columns.
    Matrix q() {
        Matrix q = new Matrix(r.rows(), size);
        for (int k = 0; k < size; k++) {
            q.set(k, k, sign(k));
        }
        for (int k = size - 1; k >= 0; k--) {
            reflect(k, q);
        }
        return q;
    }

    /// R `[k,n]`, upper triangular.
    Matrix r() {
        Matrix upper = new Matrix(size, r.columns());
        for (int i = 0; i < size; i++) {
            for (int j = i; j < r.columns(); j++) {
                upper.set(i, j, sign(i) * r.get(i, j));
            }
        }
        return upper.scaled(exponent);
    }
}
