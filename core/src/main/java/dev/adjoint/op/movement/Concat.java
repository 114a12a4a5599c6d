package dev.adjoint.op.movement;

import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.*;
import java.util.*;

/// Tensors put one after the other along an axis. The transpose cuts each operand's part out.
public record Concat(int axis) implements Movement {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        if (operands.isEmpty()) {
            throw new InvalidArgument("concat needs at least one operand");
        }
        TensorType first = operands.getFirst();
        first.shape().axis(axis);
        long extent = 0;
        for (TensorType operand : operands) {
            if (operand.dtype() != first.dtype()) {
                throw new DTypeMismatch(name(), operands, "element types must be equal");
            }
            if (operand.rank() != first.rank()
                    || !operand.shape().with(axis, 0).equals(first.shape().with(axis, 0))) {
                throw new ShapeMismatch(name(), operands, "all axes but axis " + axis + " must be equal");
            }
            extent += operand.dim(axis);
            if (extent < 0) {
                throw new ShapeMismatch(
                        name(), operands, "the extents along axis " + axis + " add up to more than 2⁶³");
            }
        }
        return List.of(first.withShape(first.shape().with(axis, extent)));
    }

    @Override
    public List<Region> regions(List<TensorType> operands) {
        long[] strides = infer(operands).getFirst().shape().strides();
        List<Region> regions = new ArrayList<>();
        long start = 0;
        for (int i = 0; i < operands.size(); i++) {
            Shape box = operands.get(i).shape();
            regions.add(Region.write(i, box, start * strides[box.axis(axis)], strides));
            start += box.dim(axis);
        }
        return regions;
    }

    @Override
    public Tensor transpose(Call call, int operand, Tensor ct) {
        long start = call.operands().subList(0, operand).stream()
                .mapToLong(x -> x.dim(axis))
                .sum();
        return ct.slice(axis, start, start + call.operand(operand).dim(axis));
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        int shifted = axis < 0 ? axis : axis + 1;
        return List.of(operands.repeated(0)
                .apply(new Concat(shifted), operands.repeated())
                .getFirst());
    }

    @Override
    public String formula() {
        return "the operands one after the other along an axis";
    }

    @Override
    public String onnx() {
        return "Concat";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Concat(0)).normal(2, 3).normal(1, 3),
                Sample.of(new Concat(-1)).normal(2, 1).normal(2, 0).normal(2, 2),
                Sample.of(new Concat(0)).normal(2));
    }
}
