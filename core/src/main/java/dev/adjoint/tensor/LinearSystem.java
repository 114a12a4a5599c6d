package dev.adjoint.tensor;

import dev.adjoint.op.Broadcasting;
import dev.adjoint.op.Op;
import java.util.List;

/// A matrix and right-hand sides, made to fit each other: leading axes broadcast, a vector is one column.
final class LinearSystem {
    private LinearSystem() {}

    static Tensor solve(Op op, Tensor a, Tensor b) {
        if (b.rank() == 1) {
            return solve(op, a, b.expand(1)).squeeze(-1);
        }
        if (a.rank() < 2 || b.rank() < 2) {
            return a.apply(op, b);
        }
        Shape batch = Broadcasting.shape(
                op.name(),
                List.of(
                        a.type().withShape(a.shape().leading(2)),
                        b.type().withShape(b.shape().leading(2))));
        return repeated(a, batch).apply(op, repeated(b, batch));
    }

    private static Tensor repeated(Tensor x, Shape batch) {
        return x.broadcastTo(batch.append(x.shape().trailing(2)));
    }
}
