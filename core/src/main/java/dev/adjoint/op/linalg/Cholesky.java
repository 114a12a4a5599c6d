package dev.adjoint.op.linalg;

import dev.adjoint.op.Call;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.op.linalg.TriangularSolve.Form;
import dev.adjoint.op.linalg.TriangularSolve.Triangle;
import dev.adjoint.tensor.FactorizationFailure.Reason;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The Cholesky factor: L·Lᵀ = S with L lower triangular and its diagonal positive, where S = (A + Aᵀ)/2.
///
/// `[…,n,n]` gives `[…,n,n]`. Reading the symmetric part makes the gradient symmetric; for a symmetric A it is A itself.
/// Refused if S is not positive definite. Derivative: dL = L·Φ(L⁻¹·dS·L⁻ᵀ), where Φ takes the lower triangle and half of
/// the diagonal. Source: Murray, "Differentiation of the Cholesky decomposition", 2016.
public record Cholesky() implements Factorization {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return List.of(MatrixLaw.square(this, operands));
    }

    @Override
    public void compute(MatrixCall call) {
        if (call.isUndefined()) {
            return;
        }
        Matrix s = call.a().symmetricPart();
        Matrix l = call.out();
        for (int i = 0; i < s.rows(); i++) {
            // Rows of L are 0 to the right of what is known, so whole rows can be multiplied.
            for (int j = 0; j < i; j++) {
                l.set(i, j, (s.get(i, j) - l.dotRows(i, j)) / l.get(j, j));
            }
            double pivot = s.get(i, i) - l.dotRows(i, i);
            if (!(pivot > 0)) {
                throw call.failure(
                        Reason.NOT_POSITIVE_DEFINITE,
                        "is not positive definite: pivot " + i + " is " + pivot
                                + ". If rounding made it so, add a small multiple of the identity");
            }
            l.set(i, i, Math.sqrt(pivot));
        }
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        Tensor l = call.out();
        Tensor symmetric = tangents.of(0).add(tangents.of(0).mT()).mul(0.5);
        Tensor half = l.triangularSolve(symmetric, Triangle.LOWER, Form.PLAIN);
        Tensor both = l.triangularSolve(half.mT(), Triangle.LOWER, Form.PLAIN);
        return List.of(l.matmul(both.tril(0).add(both.tril(-1)).mul(0.5)));
    }

    @Override
    public String derivative() {
        return "dL = L·Φ(L⁻¹·dS·L⁻ᵀ)";
    }

    @Override
    public String formula() {
        return "L·Lᵀ = (A + Aᵀ)/2";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Cholesky()).matrix(2, 2),
                Sample.of(new Cholesky()).matrix(2, 3, 3),
                Sample.of(new Cholesky()).matrix(1, 1),
                Sample.of(new Cholesky()).matrix(0, 2, 2),
                Sample.of(new Cholesky()).matrix(2, 0, 0));
    }
}
