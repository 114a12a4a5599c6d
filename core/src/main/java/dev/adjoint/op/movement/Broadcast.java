package dev.adjoint.op.movement;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.*;
import java.util.*;

/// Repeated along new axes in front and along axes of extent 1 until the shape is reached. The transpose is a sum.
public record Broadcast(Shape shape) implements Movement {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        TensorType x = operands.getFirst();
        if (!x.shape().broadcastsTo(shape)) {
            throw new ShapeMismatch(
                    name(),
                    operands,
                    "cannot be repeated to " + shape + ": axes align at the end, and each must be equal" + " or 1");
        }
        return List.of(x.withShape(shape));
    }

    @Override
    public List<Region> regions(List<TensorType> operands) {
        return List.of(Region.read(shape, 0, operands.getFirst().shape().stridesIn(shape)));
    }

    @Override
    public Tensor transpose(Call call, int operand, Tensor ct) {
        return ct.sumTo(call.x().shape());
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        Tensor x = operands.x();
        Shape own = x.shape().part(1, x.rank()).padded(shape.rank());
        return List.of(x.reshape(own.prepend(operands.size())).broadcastTo(shape.prepend(operands.size())));
    }

    @Override
    public String formula() {
        return "x repeated to a larger shape";
    }

    @Override
    public String onnx() {
        return "Expand";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Broadcast(Shape.of(2, 3))).normal(3),
                Sample.of(new Broadcast(Shape.of(2, 3))).normal(2, 1),
                Sample.of(new Broadcast(Shape.of(2))).normal(),
                Sample.of(new Broadcast(Shape.of(0, 2))).normal(1, 2));
    }
}
