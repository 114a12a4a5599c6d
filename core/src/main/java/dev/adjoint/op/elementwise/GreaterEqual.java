package dev.adjoint.op.elementwise;

import dev.adjoint.op.Comparison;
import dev.adjoint.op.Scalars;

/// Whether the first element is larger or equal; false if one is NaN.
public record GreaterEqual() implements Comparison {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.max(s.less(y, x), s.equal(x, y));
    }

    @Override
    public String formula() {
        return "x ≥ y";
    }

    @Override
    public String onnx() {
        return "GreaterOrEqual";
    }
}
