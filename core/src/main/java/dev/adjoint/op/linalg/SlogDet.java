package dev.adjoint.op.linalg;

import dev.adjoint.op.Call;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The sign of the determinant and the logarithm of its size: s = sgn det A and y = ln |det A|; 0 and −∞ for a singular A.
///
/// `[…,n,n]` gives two `[…]`. The logarithm does not overflow where the determinant would. Derivative: ds = 0 and
/// dy = tr(A⁻¹·dA), refused where A is singular. Source: Giles, "Collected matrix derivative results", 2008.
public record SlogDet() implements Factorization {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType a = MatrixLaw.square(this, operands);
        TensorType number = a.withShape(a.shape().leading(2));
        return List.of(number, number);
    }

    @Override
    public void compute(MatrixCall call) {
        if (call.isUndefined()) {
            return;
        }
        LuFactors lu = LuFactors.of(call.a());
        double sign = lu.sign();
        double logarithm = 0;
        for (double pivot : lu.pivots()) {
            sign *= Math.signum(pivot);
            logarithm += Math.log(Math.abs(pivot));
        }
        call.out().set(0, 0, sign);
        call.results().get(1).set(0, 0, logarithm);
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        return List.of(call.out().zerosLike(), call.x().solve(tangents.of(0)).trace());
    }

    @Override
    public String derivative() {
        return "dy = tr(A⁻¹·dA)";
    }

    @Override
    public String formula() {
        return "sgn det A, ln |det A|";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new SlogDet()).matrix(2, 2),
                Sample.of(new SlogDet()).matrix(2, 3, 3),
                Sample.of(new SlogDet()).matrix(1, 1),
                Sample.of(new SlogDet()).matrix(0, 2, 2),
                Sample.of(new SlogDet()).matrix(2, 0, 0));
    }
}
