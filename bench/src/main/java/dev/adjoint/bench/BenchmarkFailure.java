package dev.adjoint.bench;

import dev.adjoint.tensor.AdjointException;
import java.io.Serial;

/// A measurement did not come to its end.
public final class BenchmarkFailure extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    public BenchmarkFailure(String message) {
        super(message);
    }
}
