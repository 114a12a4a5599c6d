package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The natural logarithm of every element: y = ln x.
public record Log() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.log(x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.reciprocal();
    }

    @Override
    public String formula() {
        return "ln x";
    }

    @Override
    public Domain domain() {
        return Domain.above(0);
    }

    @Override
    public String onnx() {
        return "Log";
    }
}
