package dev.adjoint.op.elementwise;

import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The largest whole number not above every element: y = ⌊x⌋. The derivative is 0 wherever it exists.
public record Floor() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.math("floor", x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.zerosLike();
    }

    @Override
    public String formula() {
        return "⌊x⌋";
    }

    @Override
    public String vanishes(int operand) {
        return "anywhere: it is constant between jumps";
    }

    @Override
    public String onnx() {
        return "Floor";
    }
}
