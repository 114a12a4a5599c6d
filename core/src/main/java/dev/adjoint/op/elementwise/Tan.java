package dev.adjoint.op.elementwise;

import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// The tangent of every element: y = tan x, with y′ = 1 + y². The poles are at odd multiples of π/2.
public record Tan() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("tan", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return y.square().add(1);
    }

    @Override
    public String formula() {
        return "tan x";
    }

    @Override
    public Domain domain() {
        return new Domain(-Math.PI / 2, Math.PI / 2, List.of());
    }

    @Override
    public String onnx() {
        return "Tan";
    }
}
