package dev.adjoint.op.elementwise;

import dev.adjoint.tensor.Tensor;

/// The partial of an operand that competes with another: 1 where it wins, ½ at a tie, 0 where it loses.
final class Ties {
    private Ties() {}

    static Tensor share(Tensor wins, Tensor ties, Tensor out) {
        return wins.to(out.dtype()).add(ties.to(out.dtype()).mul(0.5));
    }
}
