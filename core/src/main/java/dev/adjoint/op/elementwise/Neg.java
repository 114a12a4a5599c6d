package dev.adjoint.op.elementwise;

import dev.adjoint.op.DTypes;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The negative of every element: y = −x.
public record Neg() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.neg(x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.constant(-1);
    }

    @Override
    public String formula() {
        return "−x";
    }

    @Override
    public DTypes accepts() {
        return DTypes.NUMERIC;
    }

    @Override
    public String onnx() {
        return "Neg";
    }
}
