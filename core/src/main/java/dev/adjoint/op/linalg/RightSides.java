package dev.adjoint.op.linalg;

import dev.adjoint.op.Batched;
import dev.adjoint.op.Factorization;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Batches of right-hand sides.
final class RightSides {
    private RightSides() {}

    /// A matrix that all examples share is factored once: the examples are further columns.
    static List<Tensor> batch(Factorization op, Batched operands) {
        if (operands.isMapped(0)) {
            return operands.x().apply(op, operands.repeated());
        }
        Tensor columns = operands.operands().get(1).moveAxis(0, -2);
        Shape apart = columns.shape();
        Tensor together = columns.reshape(apart.leading(2).append(apart.dim(-2) * apart.dim(-1)));
        return List.of(operands.x().apply(op, together).reshape(apart).moveAxis(-2, 0));
    }
}
