package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The inverse hyperbolic cosine of every element: y = arcosh x = ln(x + √(x² − 1)), with y′ = 1/√((x − 1)·(x + 1)); NaN
/// below 1.
public record Acosh() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("acosh", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.sub(1).mul(x.add(1)).rsqrt();
    }

    @Override
    public String formula() {
        return "arcosh x";
    }

    @Override
    public Domain domain() {
        return Domain.above(1);
    }

    @Override
    public String onnx() {
        return "Acosh";
    }
}
