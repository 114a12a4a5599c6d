package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The reciprocal square root of every element: y = 1/√x.
public record Rsqrt() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.div(s.constant(1), s.sqrt(x));
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return y.div(x).mul(-0.5);
    }

    @Override
    public String formula() {
        return "1/√x";
    }

    @Override
    public Domain domain() {
        return Domain.above(0);
    }
}
