package dev.adjoint.op.linalg;

import dev.adjoint.op.Call;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.FactorizationFailure.Reason;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The eigendecomposition of a symmetric matrix: V·diag(λ)·Vᵀ = S with VᵀV = 1 and λ₀ ≤ λ₁ ≤ …, where S = (A + Aᵀ)/2.
///
/// `[…,n,n]` gives λ `[…,n]` and V `[…,n,n]`, whose columns are the eigenvectors. Of every eigenvector, the first component
/// that is at least 3/4 of the largest is positive.
///
/// Derivative, with P = Vᵀ·dS·V: dλ = diag P and dV = V·(F∘P), Fᵢⱼ = 1/(λⱼ − λᵢ) from [InverseGaps]. That of the vectors is
/// refused where eigenvalues coincide; that of the values is not. Source: Giles, "Collected matrix derivative results", 2008.
public record Eigh() implements Factorization {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType a = MatrixLaw.square(this, operands);
        return List.of(a.withShape(a.shape().leading(1)), a);
    }

    @Override
    public void compute(MatrixCall call) {
        if (call.isUndefined()) {
            return;
        }
        JacobiEigen eigen = new JacobiEigen(call.a().symmetricPart());
        if (!eigen.converged()) {
            throw call.failure(Reason.NOT_CONVERGED, "has eigenvalues that the iteration did not find");
        }
        call.out().assign(eigen.values());
        call.results().get(1).assign(eigen.vectors());
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        Tensor v = call.results().get(1);
        Tensor symmetric = tangents.of(0).add(tangents.of(0).mT()).mul(0.5);
        Tensor p = v.mT().matmul(symmetric).matmul(v);
        return List.of(p.diagonal(), v.matmul(call.out().inverseGaps().mul(p)));
    }

    @Override
    public String derivative() {
        return "dλ = diag(Vᵀ·dS·V), dV = V·(F∘(Vᵀ·dS·V))";
    }

    @Override
    public String formula() {
        return "V·diag(λ)·Vᵀ = (A + Aᵀ)/2";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Eigh()).matrix(2, 2),
                Sample.of(new Eigh()).matrix(2, 3, 3),
                Sample.of(new Eigh()).matrix(1, 1),
                Sample.of(new Eigh()).matrix(0, 2, 2),
                Sample.of(new Eigh()).matrix(2, 0, 0));
    }
}
