package dev.adjoint.op.elementwise;

import dev.adjoint.op.Logical;
import dev.adjoint.op.Scalars;

/// Whether at least one boolean is true.
public record Or() implements Logical {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.max(x, y);
    }

    @Override
    public String formula() {
        return "x ∨ y";
    }

    @Override
    public String onnx() {
        return "Or";
    }
}
