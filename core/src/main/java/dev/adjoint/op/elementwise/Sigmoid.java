package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The logistic function of every element: y = σ(x) = 1/(1 + e⁻ˣ), with σ′ = σ(1 − σ).
public record Sigmoid() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.div(s.constant(1), s.add(s.constant(1), s.exp(s.neg(x))));
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return y.mul(y.rsub(1));
    }

    @Override
    public String formula() {
        return "1/(1 + e⁻ˣ)";
    }

    @Override
    public String vanishes(int operand) {
        return "where it is saturated, far from x = 0";
    }

    @Override
    public String onnx() {
        return "Sigmoid";
    }
}
