package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The cosine of every element: y = cos x.
public record Cos() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("cos", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.sin().neg();
    }

    @Override
    public String formula() {
        return "cos x";
    }

    @Override
    public String vanishes(int operand) {
        return "where sin x is 0";
    }

    @Override
    public String onnx() {
        return "Cos";
    }
}
