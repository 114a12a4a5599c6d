package dev.adjoint.cli;

import dev.adjoint.tensor.AdjointException;
import java.io.Serial;

/// A call that cannot be meant: exit code 2, nothing written.
final class UsageError extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    UsageError(String message) {
        super(message);
    }

    /// The same message for a mistake that something below noticed.
    UsageError(AdjointException cause) {
        super(Failures.message(cause), cause);
    }
}
