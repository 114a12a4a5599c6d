package dev.adjoint.op;

import dev.adjoint.tensor.Tensor;
import java.util.Map;
import java.util.stream.IntStream;

/// The tangents of a call's operands. Operands that do not move have none; nothing is computed for them.
public final class Tangents {
    private final Call call;
    private final Map<Integer, Tensor> moving;

    public Tangents(Call call, Map<Integer, Tensor> moving) {
        this.call = call;
        this.moving = Map.copyOf(moving);
    }

    /// The operands that move, in order.
    public IntStream moving() {
        return IntStream.range(0, call.operands().size()).filter(moving::containsKey);
    }

    public boolean moves(int operand) {
        return moving.containsKey(operand);
    }

    /// The tangent of an operand, zeros if it does not move.
    public Tensor of(int operand) {
        Tensor tangent = moving.get(operand);
        return tangent != null ? tangent : call.operand(operand).zerosLike();
    }
}
