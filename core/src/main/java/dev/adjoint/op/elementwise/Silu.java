package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The sigmoid-weighted linear unit, also called swish: y = x·σ(x), with y′ = σ(x)·(1 + x·(1 − σ(x))).
///
/// Source: Elfwing, Uchibe, Doya, "Sigmoid-weighted linear units", Neural Networks 107, 2018.
public record Silu() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.div(x, s.add(s.constant(1), s.exp(s.neg(x))));
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.sigmoid().mul(x.sigmoid().rsub(1).mul(x).add(1));
    }

    @Override
    public String formula() {
        return "x·σ(x)";
    }

    @Override
    public String vanishes(int operand) {
        return "far below x = 0";
    }
}
