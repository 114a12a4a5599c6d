package dev.adjoint.op.elementwise;

import dev.adjoint.op.Logical;
import dev.adjoint.op.Scalars;

/// Whether exactly one boolean is true.
public record Xor() implements Logical {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.not(s.equal(x, y));
    }

    @Override
    public String formula() {
        return "x ⊕ y";
    }

    @Override
    public String onnx() {
        return "Xor";
    }
}
