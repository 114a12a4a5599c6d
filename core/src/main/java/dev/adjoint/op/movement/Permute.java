package dev.adjoint.op.movement;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.*;
import java.util.*;

/// The axes in another order: axis i of the result is axis order(i) of x. The transpose is the inverse order.
public record Permute(Permutation order) implements Movement {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        TensorType x = operands.getFirst();
        if (x.rank() != order.size()) {
            throw new ShapeMismatch(
                    name(),
                    operands,
                    "the order " + order.order() + " names " + order.size() + " axes, the operand has " + x.rank());
        }
        return List.of(x.withShape(order.apply(x.shape())));
    }

    @Override
    public List<Region> regions(List<TensorType> operands) {
        Shape x = operands.getFirst().shape();
        long[] strides = x.strides();
        long[] from = order.order().stream().mapToLong(axis -> strides[axis]).toArray();
        return List.of(Region.read(order.apply(x), 0, from));
    }

    @Override
    public Tensor transpose(Call call, int operand, Tensor ct) {
        return ct.permute(order.inverse());
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        return List.of(operands.x().permute(order.behindBatch()));
    }

    @Override
    public String formula() {
        return "x with its axes in another order";
    }

    @Override
    public String onnx() {
        return "Transpose";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Permute(Permutation.of(1, 0))).normal(2, 3),
                Sample.of(new Permute(Permutation.of(2, 0, 1))).normal(2, 3, 4),
                Sample.of(new Permute(Permutation.of())).normal());
    }
}
