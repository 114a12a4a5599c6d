package dev.adjoint.op.elementwise;

import dev.adjoint.op.Binary;
import dev.adjoint.op.Call;
import dev.adjoint.op.Scalars;
import dev.adjoint.tensor.Tensor;

/// The smaller of two tensors, element by element; NaN if one is NaN. The winner receives the cotangent; at a tie each receives half.
public record Minimum() implements Binary {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.min(x, y);
    }

    @Override
    public Tensor left(Call call) {
        return Ties.share(call.x().lt(call.y()), call.x().eq(call.y()), call.out());
    }

    @Override
    public Tensor right(Call call) {
        return Ties.share(call.y().lt(call.x()), call.x().eq(call.y()), call.out());
    }

    @Override
    public String formula() {
        return "min(x, y)";
    }

    @Override
    public String vanishes(int operand) {
        return operand == 0 ? "where y is smaller" : "where x is smaller";
    }

    @Override
    public String onnx() {
        return "Min";
    }
}
