package dev.adjoint.tensor;

import java.io.Serial;

/// Numbers were asked of a tensor that is only being recorded.
public final class NotComputed extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    public NotComputed(String message) {
        super(message);
    }
}
