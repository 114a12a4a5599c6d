package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The hyperbolic cosine of every element: y = (eˣ + e⁻ˣ)/2, with y′ = sinh x.
public record Cosh() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("cosh", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.sinh();
    }

    @Override
    public String formula() {
        return "cosh x";
    }

    @Override
    public String onnx() {
        return "Cosh";
    }
}
