package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The exponential of every element less one, exact near zero: y = eˣ − 1.
public record Expm1() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("expm1", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return y.add(1);
    }

    @Override
    public String formula() {
        return "eˣ − 1";
    }
}
