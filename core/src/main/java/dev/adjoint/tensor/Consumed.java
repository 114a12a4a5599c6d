package dev.adjoint.tensor;

import java.io.Serial;

/// The numbers of a tensor were asked for after its memory had been given away.
public final class Consumed extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    public Consumed(String message) {
        super(message);
    }
}
