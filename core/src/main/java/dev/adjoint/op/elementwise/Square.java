package dev.adjoint.op.elementwise;

import dev.adjoint.op.DTypes;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The square of every element: y = x².
public record Square() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.mul(x, x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.mul(2);
    }

    @Override
    public String formula() {
        return "x²";
    }

    @Override
    public DTypes accepts() {
        return DTypes.NUMERIC;
    }

    @Override
    public String vanishes(int operand) {
        return "where x is 0";
    }
}
