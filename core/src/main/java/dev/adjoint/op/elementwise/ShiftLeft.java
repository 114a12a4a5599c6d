package dev.adjoint.op.elementwise;

import dev.adjoint.op.Bitwise;
import dev.adjoint.op.Scalars;

/// x·2ʸ, less the bits that leave the type: 0 for y of 64 and more, and for negative y.
public record ShiftLeft() implements Bitwise {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.bits(Operation.SHIFT_LEFT, x, y);
    }

    @Override
    public String formula() {
        return "x << y";
    }
}
