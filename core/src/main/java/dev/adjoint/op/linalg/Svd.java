package dev.adjoint.op.linalg;

import dev.adjoint.op.Call;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.FactorizationFailure.Reason;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The reduced singular value decomposition: A = U·diag(σ)·Vᵀ with UᵀU = 1, VᵀV = 1 and σ₀ ≥ σ₁ ≥ … ≥ 0.
///
/// `[…,m,n]` gives U `[…,m,k]`, σ `[…,k]` and Vᵀ `[…,k,n]` with k = min(m, n). Of every column of U, the first component that
/// is at least 3/4 of the largest is positive.
///
/// Derivative, with P = Uᵀ·dA·V, S = diag(σ) and Fᵢⱼ = 1/(σⱼ² − σᵢ²): dσ = diag P,
/// dU = U·(F∘(P·S + S·Pᵀ)) + (1 − U·Uᵀ)·dA·V·S⁻¹, dV = V·(F∘(S·P + Pᵀ·S)) + (1 − V·Vᵀ)·dAᵀ·U·S⁻¹. That of the vectors is
/// refused where singular values coincide, and not finite where one is 0 and A is not square; that of the values is neither.
/// Source: Seeger et al., "Auto-differentiating linear algebra", 2017; Townsend, "Differentiating the SVD", 2016.
public record Svd() implements Factorization {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType a = MatrixLaw.matrix(this, operands);
        long size = Math.min(a.dim(-2), a.dim(-1));
        return List.of(
                a.withShape(a.shape().with(-1, size)),
                a.withShape(a.shape().leading(2).append(size)),
                a.withShape(a.shape().with(-2, size)));
    }

    @Override
    public void compute(MatrixCall call) {
        if (call.isUndefined()) {
            return;
        }
        JacobiSvd svd = decompose(call);
        call.results().get(0).assign(svd.u());
        call.results().get(1).assign(svd.values());
        call.results().get(2).assign(svd.vt());
    }

    static JacobiSvd decompose(MatrixCall call) {
        JacobiSvd svd = new JacobiSvd(call.a());
        if (!svd.converged()) {
            throw call.failure(Reason.NOT_CONVERGED, "has singular values that the iteration did not find");
        }
        return svd;
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        Tensor u = call.results().get(0);
        Tensor s = call.results().get(1);
        Tensor v = call.results().get(2).mT();
        Tensor da = tangents.of(0);
        Tensor p = u.mT().matmul(da).matmul(v);
        Tensor f = inverseSquareGaps(s);
        Tensor column = s.expand(-1);
        Tensor row = s.expand(-2);
        Tensor du = u.matmul(f.mul(p.mul(row).add(p.mT().mul(column))));
        Tensor dv = v.matmul(f.mul(p.mul(column).add(p.mT().mul(row))));
        if (u.dim(-2) > s.dim(-1)) {
            du = du.add(outside(u, da.matmul(v).div(row)));
        }
        if (v.dim(-2) > s.dim(-1)) {
            dv = dv.add(outside(v, da.mT().matmul(u).div(row)));
        }
        return List.of(du, p.diagonal(), dv.mT());
    }

    /// 1/((σⱼ − σᵢ)·(σⱼ + σᵢ)), which does not lose small values as a difference of squares would.
    private static Tensor inverseSquareGaps(Tensor s) {
        Tensor sums = s.expand(-1).add(s.expand(-2));
        // On the diagonal, where the gaps are 0, anything but 0 will do.
        Tensor safe = sums.add(sums.onesLike().tril(0).triu(0));
        return s.inverseGaps().div(safe);
    }

    /// (1 − U·Uᵀ)·X
    private static Tensor outside(Tensor u, Tensor x) {
        return x.sub(u.matmul(u.mT().matmul(x)));
    }

    @Override
    public String derivative() {
        return "dσ = diag(Uᵀ·dA·V), dU and dV by F∘(P·S + S·Pᵀ)";
    }

    @Override
    public String formula() {
        return "U·diag(σ)·Vᵀ = A";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Svd()).matrix(2, 2),
                Sample.of(new Svd()).matrix(2, 3, 2),
                Sample.of(new Svd()).matrix(2, 3),
                Sample.of(new Svd()).matrix(1, 1),
                Sample.of(new Svd()).matrix(0, 3, 2),
                Sample.of(new Svd()).matrix(3, 0));
    }
}
