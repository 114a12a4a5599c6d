package dev.adjoint.op.linalg;

import dev.adjoint.op.Call;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// The matrix exponential: exp A = Σₖ Aᵏ/k!.
///
/// `[…,n,n]` gives `[…,n,n]`, by scaling and squaring with a rational approximation of degree 13 (Higham 2005); the number
/// of squarings follows from the norm of every matrix. Derivative along T: the upper right block of the exponential of
/// `[[A, T], [0, A]]`; its transpose is the derivative at Aᵀ. Source: Mathias, "A chain rule for matrix functions", 1996.
public record MatrixExp() implements Factorization {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return List.of(MatrixLaw.square(this, operands));
    }

    @Override
    public void compute(MatrixCall call) {
        if (!call.isUndefined()) {
            call.out().assign(PadeExponential.of(call.a()));
        }
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        return List.of(derivative(call.x(), tangents.of(0)));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor cotangent) {
        return Optional.of(derivative(call.x().mT(), cotangent));
    }

    private Tensor derivative(Tensor a, Tensor t) {
        long size = a.dim(-1);
        Tensor upper = Tensor.concat(-1, List.of(a, t));
        Tensor lower = Tensor.concat(-1, List.of(a.zerosLike(), a));
        Tensor both = Tensor.concat(-2, List.of(upper, lower)).apply(this);
        return both.slice(-2, 0, size).slice(-1, size, 2 * size);
    }

    @Override
    public String derivative() {
        return "upper right block of exp [[A, dA], [0, A]]";
    }

    @Override
    public String formula() {
        return "Σₖ Aᵏ/k!";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new MatrixExp()).uniform(-1, 1, 2, 2),
                Sample.of(new MatrixExp()).uniform(-1, 1, 2, 3, 3),
                Sample.of(new MatrixExp()).uniform(-1, 1, 1, 1),
                Sample.of(new MatrixExp()).uniform(-1, 1, 0, 2, 2),
                Sample.of(new MatrixExp()).uniform(-1, 1, 2, 0, 0));
    }
}
