package dev.adjoint.op.elementwise;

import dev.adjoint.op.Bitwise;
import dev.adjoint.op.Scalars;

/// The bits that are set in at least one of two integers.
public record BitOr() implements Bitwise {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.bits(Operation.OR, x, y);
    }

    @Override
    public String formula() {
        return "x | y";
    }
}
