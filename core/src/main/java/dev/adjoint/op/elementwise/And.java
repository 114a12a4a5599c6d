package dev.adjoint.op.elementwise;

import dev.adjoint.op.Logical;
import dev.adjoint.op.Scalars;

/// Whether both booleans are true.
public record And() implements Logical {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.mul(x, y);
    }

    @Override
    public String formula() {
        return "x ∧ y";
    }

    @Override
    public String onnx() {
        return "And";
    }
}
