package dev.adjoint.op.elementwise;

import dev.adjoint.op.Binary;
import dev.adjoint.op.Call;
import dev.adjoint.op.Domain;
import dev.adjoint.op.Scalars;
import dev.adjoint.tensor.Tensor;

/// The quotient of two tensors, element by element: z = x/y. Integers divide towards zero, and by zero to 0.
public record Div() implements Binary {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.div(x, y);
    }

    @Override
    public Tensor left(Call call) {
        return call.y().reciprocal();
    }

    @Override
    public Tensor right(Call call) {
        return call.out().div(call.y()).neg();
    }

    @Override
    public Domain rightDomain() {
        return Domain.reals().withKinks(0.0);
    }

    @Override
    public String formula() {
        return "x / y";
    }

    @Override
    public String vanishes(int operand) {
        return operand == 0 ? "" : "where x is 0";
    }

    @Override
    public String onnx() {
        return "Div";
    }
}
