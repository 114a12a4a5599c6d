package dev.adjoint.data;

import dev.adjoint.tensor.AdjointException;
import java.io.Serial;

/// Data that cannot be read as a table of examples: the message is one line that names the file and the place in it.
public final class UnreadableData extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    public UnreadableData(String message) {
        super(message);
    }

    public UnreadableData(String message, Throwable cause) {
        super(message, cause);
    }
}
