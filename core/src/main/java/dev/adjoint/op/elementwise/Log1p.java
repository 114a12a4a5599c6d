package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The logarithm of one plus every element, exact near zero: y = ln(1 + x).
public record Log1p() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("log1p", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.add(1).reciprocal();
    }

    @Override
    public String formula() {
        return "ln(1 + x)";
    }

    @Override
    public Domain domain() {
        return Domain.above(-1);
    }
}
