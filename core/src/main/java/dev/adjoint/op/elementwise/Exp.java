package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The exponential of every element: y = eˣ.
public record Exp() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.exp(x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return y;
    }

    @Override
    public String formula() {
        return "eˣ";
    }

    @Override
    public String vanishes(int operand) {
        return "far below x = 0";
    }

    @Override
    public String onnx() {
        return "Exp";
    }
}
