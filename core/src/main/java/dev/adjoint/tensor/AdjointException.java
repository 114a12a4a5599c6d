package dev.adjoint.tensor;

import java.io.Serial;

/// What Adjoint throws when a request cannot be met: the message is one line that a user can act on.
public class AdjointException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public AdjointException(String message) {
        super(message);
    }

    public AdjointException(String message, Throwable cause) {
        super(message, cause);
    }
}
