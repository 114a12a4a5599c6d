package dev.adjoint.op;

import dev.adjoint.op.elementwise.Where;

/// Elementwise operators of a condition and two alternatives.
public sealed interface Select extends Elementwise permits Where {
    @Override
    default int arity() {
        return 3;
    }

    @Override
    default int typedFrom() {
        return 1;
    }

    @Override
    default DTypes accepts() {
        return DTypes.ANY;
    }
}
