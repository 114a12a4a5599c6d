package dev.adjoint.op.movement;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.*;
import java.util.*;

/// The same elements in row-major order under another shape of equal count.
public record Reshape(Shape shape) implements Movement {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        TensorType x = operands.getFirst();
        if (x.shape().count() != shape.count()) {
            throw new ShapeMismatch(
                    name(), operands, x.shape().count() + " elements do not fit " + shape + " with " + shape.count());
        }
        return List.of(x.withShape(shape));
    }

    @Override
    public List<Region> regions(List<TensorType> operands) {
        return List.of(Region.read(shape, 0, shape.strides()));
    }

    @Override
    public Tensor transpose(Call call, int operand, Tensor ct) {
        return ct.reshape(call.x().shape());
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        return List.of(operands.x().reshape(shape.prepend(operands.size())));
    }

    @Override
    public String formula() {
        return "the elements of x under another shape";
    }

    @Override
    public String onnx() {
        return "Reshape";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Reshape(Shape.of(3, 2))).normal(2, 3),
                Sample.of(new Reshape(Shape.of(1, 1))).normal(),
                Sample.of(new Reshape(Shape.of(0, 4))).normal(2, 0));
    }
}
