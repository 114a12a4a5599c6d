package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The complementary error function of every element: y = erfc x = 1 − erf x without cancellation, with
/// y′ = −2/√π·e^(−x²).
public record Erfc() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("erfc", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.square().neg().exp().mul(-2 / Math.sqrt(Math.PI));
    }

    @Override
    public String formula() {
        return "erfc x";
    }
}
