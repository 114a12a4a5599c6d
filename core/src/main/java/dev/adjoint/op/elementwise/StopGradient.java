package dev.adjoint.op.elementwise;

import dev.adjoint.op.DTypes;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The operand itself, cut off from differentiation: y = x with derivative 0 by definition.
public record StopGradient() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return x;
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.zerosLike();
    }

    @Override
    public String formula() {
        return "x";
    }

    @Override
    public DTypes accepts() {
        return DTypes.ANY;
    }

    @Override
    public String withoutDerivative() {
        return "its purpose is to stop derivatives";
    }

    @Override
    public String onnx() {
        return "Identity";
    }
}
