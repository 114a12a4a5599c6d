package dev.adjoint.train;

import dev.adjoint.tensor.AdjointException;
import java.io.Serial;

/// Training stopped because the objective is no longer a finite number.
public final class Diverged extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    Diverged(long step, double loss) {
        super("the loss of step " + step + " is " + loss
                + "; lower the learning rate, or look for the operator that made it");
    }
}
