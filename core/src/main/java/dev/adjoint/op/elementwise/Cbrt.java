package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The cube root of every element: y = ∛x, with y′ = 1/(3y²), infinite at 0.
public record Cbrt() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("cbrt", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return y.square().mul(3).reciprocal();
    }

    @Override
    public String formula() {
        return "∛x";
    }

    @Override
    public Domain domain() {
        return Domain.above(0);
    }
}
