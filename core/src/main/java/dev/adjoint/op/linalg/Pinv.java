package dev.adjoint.op.linalg;

import dev.adjoint.op.Call;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The pseudo-inverse of Moore and Penrose: A⁺ = V·diag(1/σ)·Uᵀ over the singular values above max(m, n)·ε·σ₀.
///
/// `[…,m,n]` gives `[…,n,m]`. Derivative, where the rank does not change:
/// dA⁺ = −A⁺·dA·A⁺ + A⁺·A⁺ᵀ·dAᵀ·(1 − A·A⁺) + (1 − A⁺·A)·dAᵀ·A⁺ᵀ·A⁺. It does not need the singular values to differ. Source:
/// Golub, Pereyra, "The differentiation of pseudo-inverses and nonlinear least squares problems", 1973.
public record Pinv() implements Factorization {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType a = MatrixLaw.matrix(this, operands);
        return List.of(a.withShape(a.shape().leading(2).append(a.dim(-1), a.dim(-2))));
    }

    @Override
    public void compute(MatrixCall call) {
        if (call.isUndefined()) {
            return;
        }
        JacobiSvd svd = Svd.decompose(call);
        Matrix values = svd.values();
        double size = Math.max(call.a().rows(), call.a().columns());
        double epsilon = Math.scalb(1.0, 1 - call.types().getFirst().dtype().precision());
        Matrix left = svd.u().transposed();
        for (int k = 0; k < values.rows(); k++) {
            double value = values.get(k, 0);
            left.scaleRow(k, value > size * epsilon * values.get(0, 0) ? 1 / value : 0);
        }
        call.out().assign(svd.vt().transposed().times(left));
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        Tensor a = call.x();
        Tensor y = call.out();
        Tensor t = tangents.of(0).mT();
        Tensor inside = y.matmul(tangents.of(0)).matmul(y).neg();
        Tensor left = y.matmul(y.mT()).matmul(t);
        Tensor right = t.matmul(y.mT()).matmul(y);
        Tensor change = inside.add(left.sub(left.matmul(a).matmul(y)));
        return List.of(change.add(right.sub(y.matmul(a.matmul(right)))));
    }

    @Override
    public String derivative() {
        return "dA⁺ = −A⁺·dA·A⁺ + A⁺·A⁺ᵀ·dAᵀ·(1 − A·A⁺) + (1 − A⁺·A)·dAᵀ·A⁺ᵀ·A⁺";
    }

    @Override
    public String formula() {
        return "A⁺";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Pinv()).matrix(2, 2),
                Sample.of(new Pinv()).matrix(2, 3, 2),
                Sample.of(new Pinv()).matrix(2, 3),
                Sample.of(new Pinv()).matrix(1, 1),
                Sample.of(new Pinv()).matrix(0, 3, 2),
                Sample.of(new Pinv()).matrix(3, 0));
    }
}
