package dev.adjoint.tensor;

import java.io.Serial;

/// An argument outside its range, whatever the operands are.
public final class InvalidArgument extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    public InvalidArgument(String message) {
        super(message);
    }
}
