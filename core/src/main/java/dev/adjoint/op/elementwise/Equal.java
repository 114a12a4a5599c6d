package dev.adjoint.op.elementwise;

import dev.adjoint.op.Comparison;
import dev.adjoint.op.Scalars;

/// Whether two elements are equal; false if one is NaN.
public record Equal() implements Comparison {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.equal(x, y);
    }

    @Override
    public String formula() {
        return "x = y";
    }

    @Override
    public String onnx() {
        return "Equal";
    }
}
