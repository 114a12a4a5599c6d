package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The inverse hyperbolic sine of every element: y = arsinh x = ln(x + √(x² + 1)), with y′ = 1/√(x² + 1).
public record Asinh() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("asinh", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.hypot(x.onesLike()).reciprocal();
    }

    @Override
    public String formula() {
        return "arsinh x";
    }

    @Override
    public String onnx() {
        return "Asinh";
    }
}
