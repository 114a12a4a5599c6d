package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// The inverse hyperbolic tangent of every element: y = artanh x = ½·ln((1 + x)/(1 − x)), with y′ = 1/((1 − x)·(1 + x)); NaN
/// outside [−1, 1].
public record Atanh() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("atanh", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.rsub(1).mul(x.add(1)).reciprocal();
    }

    @Override
    public String formula() {
        return "artanh x";
    }

    @Override
    public Domain domain() {
        return new Domain(-1, 1, List.of());
    }

    @Override
    public String onnx() {
        return "Atanh";
    }
}
