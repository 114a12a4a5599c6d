package dev.adjoint.op.elementwise;

import dev.adjoint.op.DTypes;
import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The absolute value of every element: y = |x|. The derivative at the kink is 0.
public record Abs() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.abs(x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.sign();
    }

    @Override
    public String formula() {
        return "|x|";
    }

    @Override
    public Domain domain() {
        return Domain.reals().withKinks(0.0);
    }

    @Override
    public DTypes accepts() {
        return DTypes.NUMERIC;
    }

    @Override
    public String vanishes(int operand) {
        return "at x = 0";
    }

    @Override
    public String onnx() {
        return "Abs";
    }
}
