package dev.adjoint.op.elementwise;

import dev.adjoint.op.Binary;
import dev.adjoint.op.Call;
import dev.adjoint.op.Scalars;
import dev.adjoint.tensor.Tensor;

/// The product of two tensors, element by element: z = x·y. Each operand is the other one's partial.
public record Mul() implements Binary {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.mul(x, y);
    }

    @Override
    public Tensor left(Call call) {
        return call.y();
    }

    @Override
    public Tensor right(Call call) {
        return call.x();
    }

    @Override
    public String formula() {
        return "x · y";
    }

    @Override
    public String vanishes(int operand) {
        return operand == 0 ? "where y is 0" : "where x is 0";
    }

    @Override
    public String onnx() {
        return "Mul";
    }
}
