package dev.adjoint.op.elementwise;

import dev.adjoint.op.Bitwise;
import dev.adjoint.op.Scalars;

/// The bits that are set in exactly one of two integers.
public record BitXor() implements Bitwise {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.bits(Operation.XOR, x, y);
    }

    @Override
    public String formula() {
        return "x ^ y";
    }
}
