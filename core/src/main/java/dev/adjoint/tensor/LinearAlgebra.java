package dev.adjoint.tensor;

import dev.adjoint.op.linalg.Cholesky;
import dev.adjoint.op.linalg.Det;
import dev.adjoint.op.linalg.Eigh;
import dev.adjoint.op.linalg.InverseGaps;
import dev.adjoint.op.linalg.MatrixExp;
import dev.adjoint.op.linalg.Pinv;
import dev.adjoint.op.linalg.Qr;
import dev.adjoint.op.linalg.SlogDet;
import dev.adjoint.op.linalg.Solve;
import dev.adjoint.op.linalg.Svd;
import dev.adjoint.op.linalg.TriangularSolve;
import dev.adjoint.op.linalg.TriangularSolve.Form;
import dev.adjoint.op.linalg.TriangularSolve.Triangle;
import java.util.List;

/// Linear algebra: this tensor is a matrix over its last two axes, and the axes before them are a batch of matrices.
public interface LinearAlgebra extends Algebra {
    /// [Cholesky]
    ///
    /// @throws FactorizationFailure if the matrix is not positive definite
    default Tensor cholesky() {
        return apply(new Cholesky());
    }

    /// [TriangularSolve]: this holds the triangle, `b` the right-hand sides as columns, or one vector `[n]`. Leading axes
    /// broadcast.
    ///
    /// @throws FactorizationFailure if the diagonal has a 0
    default Tensor triangularSolve(Tensor b, Triangle triangle, Form form) {
        return LinearSystem.solve(new TriangularSolve(triangle, form), (Tensor) this, b);
    }

    /// [Solve]: x with A·x = b for this matrix A; `b` holds right-hand sides as columns `[…,n,k]`, or one vector `[n]`.
    /// Leading axes broadcast.
    ///
    /// {@snippet :
    /// Tensor a = Array.of(new double[][] {{2, 1}, {1, 3}});
    /// Tensor x = a.solve(Array.of(3.0, 5.0)); // [0.8 1.4] f64[2]
    /// }
    ///
    /// @throws FactorizationFailure if the matrix is singular
    default Tensor solve(Tensor b) {
        return LinearSystem.solve(new Solve(), (Tensor) this, b);
    }

    /// A⁻¹, as the solution of A·X = 1. To multiply by it, [#solve] is faster and more accurate.
    ///
    /// @throws FactorizationFailure if the matrix is singular
    default Tensor inverse() {
        Tensor ones = constant(1).broadcastTo(shape());
        return solve(ones.tril(0).triu(0));
    }

    /// [Det]
    default Tensor det() {
        return apply(new Det());
    }

    /// The sign of a determinant and the logarithm of its size.
    ///
    /// @param sign 1, −1, or 0 for a singular matrix
    /// @param logarithm ln |det A|, −∞ for a singular matrix
    record SignedLogarithm(Tensor sign, Tensor logarithm) {}

    /// [SlogDet]
    default SignedLogarithm slogdet() {
        List<Tensor> parts = apply(new SlogDet(), List.of((Tensor) this));
        return new SignedLogarithm(parts.get(0), parts.get(1));
    }

    /// The factors of a QR decomposition.
    ///
    /// @param q orthonormal columns
    /// @param r an upper triangle
    record Orthogonal(Tensor q, Tensor r) {}

    /// [Qr]
    default Orthogonal qr() {
        List<Tensor> parts = apply(new Qr(), List.of((Tensor) this));
        return new Orthogonal(parts.get(0), parts.get(1));
    }

    /// Eigenvalues and eigenvectors.
    ///
    /// @param values the eigenvalues in rising order
    /// @param vectors the eigenvectors as columns
    record Eigen(Tensor values, Tensor vectors) {}

    /// [Eigh]
    default Eigen eigh() {
        List<Tensor> parts = apply(new Eigh(), List.of((Tensor) this));
        return new Eigen(parts.get(0), parts.get(1));
    }

    /// The factors of a singular value decomposition.
    ///
    /// @param u the left vectors as columns
    /// @param values the singular values in falling order
    /// @param vt the right vectors as rows
    record Singular(Tensor u, Tensor values, Tensor vt) {}

    /// [Svd]
    default Singular svd() {
        List<Tensor> parts = apply(new Svd(), List.of((Tensor) this));
        return new Singular(parts.get(0), parts.get(1), parts.get(2));
    }

    /// [Pinv]
    default Tensor pinv() {
        return apply(new Pinv());
    }

    /// [MatrixExp]
    default Tensor matrixExp() {
        return apply(new MatrixExp());
    }

    /// [InverseGaps]: this holds values over the last axis.
    default Tensor inverseGaps() {
        return apply(new InverseGaps());
    }

    /// The x with the smallest ‖A·x − b‖ for this matrix A of full rank, by [Qr]; if A has more columns than rows, of all
    /// solutions the one with the smallest ‖x‖. `b` holds right-hand sides as columns `[…,m,k]`, or one vector `[m]`. For a
    /// matrix of lower rank write `a.pinv().matmul(b)`.
    ///
    /// @throws FactorizationFailure if the diagonal of R has a 0
    default Tensor lstsq(Tensor b) {
        if (rank() < 2) {
            throw new ShapeMismatch("lstsq", List.of(type(), b.type()), "needs a matrix: at least two axes");
        }
        if (b.rank() == 1) {
            return lstsq(b.expand(1)).squeeze(-1);
        }
        if (b.rank() == 0 || b.dim(-2) != dim(-2)) {
            throw new ShapeMismatch(
                    "lstsq",
                    List.of(type(), b.type()),
                    "rows of the right-hand side must equal rows of the matrix (axis -2: " + dim(-2) + ")");
        }
        if (dim(-2) < dim(-1)) {
            Orthogonal wide = ((Tensor) this).mT().qr();
            return wide.q.matmul(wide.r.triangularSolve(b, Triangle.UPPER, Form.TRANSPOSED));
        }
        Orthogonal tall = qr();
        return tall.r.triangularSolve(tall.q.mT().matmul(b), Triangle.UPPER, Form.PLAIN);
    }
}
