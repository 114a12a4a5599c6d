package dev.adjoint.op.linalg;

import dev.adjoint.op.Call;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.op.linalg.TriangularSolve.Form;
import dev.adjoint.op.linalg.TriangularSolve.Triangle;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The reduced QR decomposition: A = Q·R with QᵀQ = 1, R upper triangular and its diagonal not negative.
///
/// `[…,m,n]` gives `[…,m,k]` and `[…,k,n]` with k = min(m, n). The sign of R's diagonal makes both factors unique where the
/// first k columns of A are independent; elsewhere the derivative is refused.
///
/// Derivative, with A₁ and R₁ the first k columns: S = Qᵀ·dA₁·R₁⁻¹, Ω = the antisymmetric matrix with the lower triangle of
/// S, dQ = dA₁·R₁⁻¹ − Q·(S − Ω), dR = Qᵀ·dA − Ω·R. Source: Walter, Lehmann, "Algorithmic differentiation of linear algebra
/// functions", 2010; Roberts, Roberts, "QR and LQ decomposition matrix backpropagation", 2020.
public record Qr() implements Factorization {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType a = MatrixLaw.matrix(this, operands);
        long size = Math.min(a.dim(-2), a.dim(-1));
        return List.of(
                a.withShape(a.shape().with(-1, size)), a.withShape(a.shape().with(-2, size)));
    }

    @Override
    public void compute(MatrixCall call) {
        if (call.isUndefined()) {
            return;
        }
        Householder reflections = new Householder(call.a());
        call.out().assign(reflections.q());
        call.results().get(1).assign(reflections.r());
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        Tensor q = call.out();
        Tensor r = call.results().get(1);
        Tensor da = tangents.of(0);
        long size = q.dim(-1);
        Tensor square = r.slice(-1, 0, size);
        Tensor c = square.triangularSolve(da.slice(-1, 0, size).mT(), Triangle.UPPER, Form.TRANSPOSED)
                .mT();
        Tensor s = q.mT().matmul(c);
        Tensor omega = s.tril(-1).sub(s.tril(-1).mT());
        Tensor dq = c.sub(q.matmul(s.sub(omega)));
        Tensor dr = q.mT().matmul(da).sub(omega.matmul(r)).triu(0);
        return List.of(dq, dr);
    }

    @Override
    public String derivative() {
        return "dQ = dA₁·R₁⁻¹ − Q·(S − Ω), dR = Qᵀ·dA − Ω·R";
    }

    @Override
    public String formula() {
        return "Q·R = A";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Qr()).matrix(2, 2),
                Sample.of(new Qr()).matrix(2, 4, 2),
                Sample.of(new Qr()).matrix(2, 3),
                Sample.of(new Qr()).matrix(1, 1),
                Sample.of(new Qr()).matrix(0, 3, 2),
                Sample.of(new Qr()).matrix(3, 0));
    }
}
