package dev.adjoint.op;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The law that an operator gets as many operands as it has.
public final class Arity {
    private Arity() {}

    public static void check(Op op, List<TensorType> operands, int arity) {
        if (operands.size() != arity) {
            throw new InvalidArgument(op.name() + " takes " + arity + " operands, not " + operands.size());
        }
    }
}
