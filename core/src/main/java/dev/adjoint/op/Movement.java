package dev.adjoint.op;

import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/// Operators that only move elements: every result element is one operand element, a fill value, or (in [Fold]) a sum of
/// operand elements. They are linear, so forward mode is the operator itself and reverse mode its transpose.
public sealed interface Movement extends Primitive
        permits Reshape, Permute, Broadcast, Slice, Pad, Concat, Flip, Unfold, Fold {
    /// Which operand elements go where.
    List<Region> regions(List<TensorType> operands);

    /// What stands where no region reaches.
    default double fill() {
        return 0;
    }

    /// The operator with fill 0, which is linear.
    default Movement linear() {
        return this;
    }

    /// The cotangent of one operand.
    Tensor transpose(Call call, int operand, Tensor ct);

    @Override
    default List<Tensor> jvp(Call call, Tangents tangents) {
        List<Tensor> all = IntStream.range(0, call.operands().size())
                .mapToObj(tangents::of)
                .toList();
        return all.getFirst().apply(linear(), all);
    }

    @Override
    default Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
        return transpose(call, operand, cotangents.getFirst());
    }
}
