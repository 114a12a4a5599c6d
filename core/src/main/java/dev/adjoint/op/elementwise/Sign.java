package dev.adjoint.op.elementwise;

import dev.adjoint.op.DTypes;
import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.Tensor;

/// The sign of every element: −1, 0 or 1; NaN stays NaN. The derivative is 0 wherever it exists.
public record Sign() implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return s.sign(x);
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.zerosLike();
    }

    @Override
    public String formula() {
        return "sign x";
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
        return "anywhere: it is constant between jumps";
    }

    @Override
    public String onnx() {
        return "Sign";
    }
}
