package dev.adjoint.op.elementwise;

import dev.adjoint.op.Binary;
import dev.adjoint.op.Call;
import dev.adjoint.op.Scalars;
import dev.adjoint.tensor.Tensor;

/// The difference of two tensors: z = x − y.
public record Sub() implements Binary {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.sub(x, y);
    }

    @Override
    public Tensor left(Call call) {
        return call.x().constant(1);
    }

    @Override
    public Tensor right(Call call) {
        return call.y().constant(-1);
    }

    @Override
    public String formula() {
        return "x − y";
    }

    @Override
    public String onnx() {
        return "Sub";
    }
}
