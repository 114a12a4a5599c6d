package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The sine of every element: y = sin x.
public record Sin() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("sin", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.cos();
    }

    @Override
    public String formula() {
        return "sin x";
    }

    @Override
    public String vanishes(int operand) {
        return "where cos x is 0";
    }

    @Override
    public String onnx() {
        return "Sin";
    }
}
