package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The logarithm of the gamma function of every element: y = ln|Γ(x)|, with y′ = ψ(x), the digamma function; +∞ at 0, −1,
/// −2, …
public record Lgamma() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("lgamma", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.digamma();
    }

    @Override
    public String formula() {
        return "ln|Γ(x)|";
    }

    @Override
    public Domain domain() {
        return Domain.above(0);
    }
}
