package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// A derivative of the digamma function of every element: y = ψ⁽ⁿ⁾(x) = dⁿ⁺¹/dxⁿ⁺¹ ln Γ(x), with y′ = ψ⁽ⁿ⁺¹⁾(x). Order 0 is the
/// digamma function itself; NaN at 0, −1, −2, …
///
/// @param order n, from 0
public record Polygamma(int order) implements Unary {
    public Polygamma {
        if (order < 0) {
            throw new InvalidArgument("polygamma needs an order of at least 0, not " + order);
        }
    }

    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("polygamma", s.constant(order), x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.polygamma(order + 1);
    }

    @Override
    public String formula() {
        return order == 0 ? "ψ(x)" : "ψ⁽ⁿ⁾(x)";
    }

    @Override
    public Domain domain() {
        return Domain.above(0.3);
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Polygamma(0)).uniform(0.5, 4, 2, 3),
                Sample.of(new Polygamma(0)).uniform(0.5, 4),
                Sample.of(new Polygamma(1)).uniform(0.5, 4, 3),
                Sample.of(new Polygamma(2)).uniform(0.5, 4, 0, 2));
    }
}
