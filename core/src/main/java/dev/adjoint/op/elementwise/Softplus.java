package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The smooth ramp of every element: y = ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), with y′ = σ(x).
public record Softplus() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.add(s.max(x, s.constant(0)), s.math("log1p", s.exp(s.neg(s.abs(x)))));
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.sigmoid();
    }

    @Override
    public String formula() {
        return "ln(1 + eˣ)";
    }

    @Override
    public String vanishes(int operand) {
        return "far below x = 0";
    }

    @Override
    public String onnx() {
        return "Softplus";
    }
}
