package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The hyperbolic sine of every element: y = (eˣ − e⁻ˣ)/2, with y′ = cosh x.
public record Sinh() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("sinh", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.cosh();
    }

    @Override
    public String formula() {
        return "sinh x";
    }

    @Override
    public String onnx() {
        return "Sinh";
    }
}
