package dev.adjoint.op.linalg;

import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// The solution of a linear system: A·X = B, by Gaussian elimination with partial pivoting.
///
/// `[…,n,n]` and `[…,n,k]` give `[…,n,k]`; leading axes are equal. Refused if a pivot is 0. Derivative:
/// dX = A⁻¹·(dB − dA·X). Source: Giles, "Collected matrix derivative results", 2008.
public record Solve() implements Factorization {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return List.of(MatrixLaw.system(this, operands));
    }

    @Override
    public void compute(MatrixCall call) {
        if (call.isUndefined()) {
            return;
        }
        LuFactors lu = LuFactors.of(call.a());
        if (lu.zeroPivot() >= 0) {
            throw call.singular(lu.zeroPivot());
        }
        call.out().assign(lu.solve(call.b()));
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        Tensor right = tangents.of(1);
        if (tangents.moves(0)) {
            Tensor product = tangents.of(0).matmul(call.out());
            right = tangents.moves(1) ? right.sub(product) : product.neg();
        }
        return List.of(call.x().apply(this, right));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor cotangent) {
        return operand == 1 ? Optional.of(call.x().mT().apply(this, cotangent)) : Optional.empty();
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        return RightSides.batch(this, operands);
    }

    @Override
    public String derivative() {
        return "dX = A⁻¹·(dB − dA·X)";
    }

    @Override
    public String formula() {
        return "X = A⁻¹·B";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Solve()).matrix(2, 2).normal(2, 1),
                Sample.of(new Solve()).matrix(3, 3).normal(3, 2),
                Sample.of(new Solve()).matrix(2, 1, 3, 3).normal(2, 1, 3, 2),
                Sample.of(new Solve()).matrix(1, 1).normal(1, 1),
                Sample.of(new Solve()).matrix(0, 2, 2).normal(0, 2, 1),
                Sample.of(new Solve()).matrix(2, 2).normal(2, 0));
    }
}
