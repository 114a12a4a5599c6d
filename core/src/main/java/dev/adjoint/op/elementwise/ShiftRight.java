package dev.adjoint.op.elementwise;

import dev.adjoint.op.Bitwise;
import dev.adjoint.op.Scalars;

/// ⌊x/2ʸ⌋: the sign stays. For y of 64 and more, and for negative y, 0 or −1 by the sign of x.
public record ShiftRight() implements Bitwise {
    @Override
    public <S> S compute(Scalars<S> s, S x, S y) {
        return s.bits(Operation.SHIFT_RIGHT, x, y);
    }

    @Override
    public String formula() {
        return "x >> y";
    }
}
