package dev.adjoint.op.elementwise;

import dev.adjoint.op.Bitwise;
import dev.adjoint.op.Scalars;

/// The bits that are set in both integers.
public record BitAnd() implements Bitwise {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.bits(Operation.AND, x, y);
    }

    @Override
    public String formula() {
        return "x & y";
    }
}
