package dev.adjoint.op.elementwise;

import dev.adjoint.op.DTypes;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The negation of every boolean: y = ¬x.
public record Not() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.not(x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.zerosLike();
    }

    @Override
    public String formula() {
        return "¬x";
    }

    @Override
    public DTypes accepts() {
        return DTypes.BOOLEAN;
    }

    @Override
    public String withoutDerivative() {
        return "operand and result are booleans";
    }

    @Override
    public String onnx() {
        return "Not";
    }
}
