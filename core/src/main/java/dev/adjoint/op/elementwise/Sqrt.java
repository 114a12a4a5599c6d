package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The square root of every element: y = √x.
public record Sqrt() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.sqrt(x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return y.reciprocal().mul(0.5);
    }

    @Override
    public String formula() {
        return "√x";
    }

    @Override
    public Domain domain() {
        return Domain.above(0);
    }

    @Override
    public String onnx() {
        return "Sqrt";
    }
}
