package dev.adjoint.op.linalg;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Call;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.FactorizationFailure.Reason;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The inverse distances of values: yᵢⱼ = 1/(xⱼ − xᵢ) for i ≠ j, and yᵢᵢ = 0. The derivatives of eigenvectors and singular
/// vectors are made of them.
///
/// `[…,n]` gives `[…,n,n]`. Refused if two values are equal as far as their type can tell: nearer than n·ε·max|x|, where
/// every distance is rounding. Derivative: dyᵢⱼ = −yᵢⱼ²·(dxⱼ − dxᵢ).
public record InverseGaps() implements Factorization {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        TensorType x = operands.getFirst();
        if (x.rank() < 1) {
            throw new ShapeMismatch(name(), operands, "needs at least one axis");
        }
        if (!DTypes.FLOATING.contains(x.dtype())) {
            throw new DTypeMismatch(name(), operands, "defined for floating types only");
        }
        return List.of(x.withShape(x.shape().append(x.dim(-1))));
    }

    @Override
    public int axes() {
        return 1;
    }

    @Override
    public void compute(MatrixCall call) {
        if (call.isUndefined()) {
            return;
        }
        Matrix x = call.a();
        double rounding = rounding(x, call.types().getFirst().dtype());
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.rows(); j++) {
                double gap = x.get(j, 0) - x.get(i, 0);
                if (i != j && Math.abs(gap) <= rounding) {
                    throw call.failure(
                            Reason.REPEATED_VALUES,
                            "has repeated values: " + i + " and " + j + " are " + x.get(i, 0) + " and " + x.get(j, 0)
                                    + ", and their vectors have no derivative. A function of the values alone has one");
                }
                call.out().set(i, j, i == j ? 0 : 1 / gap);
            }
        }
    }

    /// What rounding may have moved the values by.
    static double rounding(Matrix x, DType dtype) {
        double largest = 0;
        for (int i = 0; i < x.rows(); i++) {
            largest = Math.max(largest, Math.abs(x.get(i, 0)));
        }
        return x.rows() * Math.scalb(1.0, 1 - dtype.precision()) * largest;
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        Tensor t = tangents.of(0);
        return List.of(call.out().square().mul(t.expand(-1).sub(t.expand(-2))));
    }

    @Override
    public String derivative() {
        return "dyᵢⱼ = −yᵢⱼ²·(dxⱼ − dxᵢ)";
    }

    @Override
    public String formula() {
        return "yᵢⱼ = 1/(xⱼ − xᵢ), yᵢᵢ = 0";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new InverseGaps()).rising(3),
                Sample.of(new InverseGaps()).rising(2, 2),
                Sample.of(new InverseGaps()).rising(1),
                Sample.of(new InverseGaps()).rising(0, 2));
    }
}
