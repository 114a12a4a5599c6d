package dev.adjoint.op.composite;

import dev.adjoint.op.Op;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The law of recurrent cells: x is `[…,I]`, states are `[…,H]`, weights are `[I,g·H]`, `[H,g·H]` and biases `[g·H]` for g
/// gates.
final class CellLaw {
    private CellLaw() {}

    /// @param states how many operands after x are states; the two weights follow, then biases
    static void check(Op op, List<TensorType> operands, int states, long gates) {
        FloatingLaw.equalTypes(op, operands);
        TensorType x = operands.getFirst();
        TensorType state = operands.get(1);
        boolean axes = x.rank() >= 1 && state.rank() >= 1;
        if (!axes || !fits(operands, states, gates)) {
            throw new ShapeMismatch(
                    op.name(),
                    operands,
                    "x […,I] needs states […,H], weights [I," + times(gates) + "] and [H," + times(gates)
                            + "], and biases [" + times(gates) + "]");
        }
    }

    private static boolean fits(List<TensorType> operands, int states, long gates) {
        TensorType x = operands.getFirst();
        Shape state = operands.get(1).shape();
        long width = state.dim(-1);
        Shape wide = Shape.of(gates * width);
        List<Shape> weights =
                operands.stream().skip(1L + states).map(TensorType::shape).toList();
        boolean same =
                operands.subList(1, 1 + states).stream().allMatch(o -> o.shape().equals(state))
                        && x.shape().leading(1).equals(state.leading(1));
        return same
                && weights.get(0).equals(wide.prepend(x.dim(-1)))
                && weights.get(1).equals(wide.prepend(width))
                && weights.stream().skip(2).allMatch(wide::equals);
    }

    private static String times(long gates) {
        return gates == 1 ? "H" : gates + "·H";
    }
}
