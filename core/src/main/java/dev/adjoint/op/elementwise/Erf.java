package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The error function of every element: y = erf x = 2/√π·∫₀ˣ e^(−t²) dt, with y′ = 2/√π·e^(−x²).
public record Erf() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("erf", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.square().neg().exp().mul(2 / Math.sqrt(Math.PI));
    }

    @Override
    public String formula() {
        return "erf x";
    }

    @Override
    public String onnx() {
        return "Erf";
    }
}
