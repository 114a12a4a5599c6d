package dev.adjoint.op.linalg;

import dev.adjoint.op.Call;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The determinant: y = det A, the product of the pivots of Gaussian elimination; 1 for `[0,0]`.
///
/// `[…,n,n]` gives `[…]`. Derivative: dy = y·tr(A⁻¹·dA), refused where A is singular. Source: Giles, "Collected matrix
/// derivative results", 2008.
public record Det() implements Factorization {
    /// Larger and smaller exponents are infinity and 0.
    private static final int LARGEST_EXPONENT = 5000;

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType a = MatrixLaw.square(this, operands);
        return List.of(a.withShape(a.shape().leading(2)));
    }

    @Override
    public void compute(MatrixCall call) {
        if (call.isUndefined()) {
            return;
        }
        LuFactors lu = LuFactors.of(call.a());
        // With the exponent apart, no product on the way overflows.
        double mantissa = lu.sign();
        long exponent = 0;
        for (double pivot : lu.pivots()) {
            double product = mantissa * pivot;
            int own = product == 0 ? 0 : Math.getExponent(product);
            mantissa = Math.scalb(product, -own);
            exponent += own;
        }
        int bounded = Math.clamp(exponent, -LARGEST_EXPONENT, LARGEST_EXPONENT);
        call.out().set(0, 0, Math.scalb(mantissa, bounded));
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        return List.of(call.out().mul(call.x().solve(tangents.of(0)).trace()));
    }

    @Override
    public String derivative() {
        return "dy = y·tr(A⁻¹·dA)";
    }

    @Override
    public String formula() {
        return "det A";
    }

    @Override
    public String onnx() {
        return "Det";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Det()).matrix(2, 2),
                Sample.of(new Det()).matrix(2, 3, 3),
                Sample.of(new Det()).matrix(1, 1),
                Sample.of(new Det()).matrix(0, 2, 2),
                Sample.of(new Det()).matrix(2, 0, 0));
    }
}
