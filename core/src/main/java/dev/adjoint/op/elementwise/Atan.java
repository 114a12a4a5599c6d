package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The arctangent of every element: y = arctan x in (−π/2, π/2), with y′ = 1/(1 + x²).
public record Atan() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("atan", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.square().add(1).reciprocal();
    }

    @Override
    public String formula() {
        return "arctan x";
    }

    @Override
    public String onnx() {
        return "Atan";
    }
}
