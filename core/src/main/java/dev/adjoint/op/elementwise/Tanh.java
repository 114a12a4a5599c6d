package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The hyperbolic tangent of every element: y = tanh x.
public record Tanh() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("tanh", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return y.square().rsub(1);
    }

    @Override
    public String formula() {
        return "tanh x";
    }

    @Override
    public String vanishes(int operand) {
        return "where it is saturated, far from x = 0";
    }

    @Override
    public String onnx() {
        return "Tanh";
    }
}
