package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The arithmetic mean along the given axes: y = (1/n)·Σᵢ xᵢ; of nothing, NaN.
public record Mean(Axes axes) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return FloatingLaw.reduce(this, operands, axes);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        return x.sum(axes).div((double) axes.size(x.shape()));
    }

    @Override
    public String formula() {
        return "(1/n)·Σᵢ xᵢ";
    }

    @Override
    public String onnx() {
        return "ReduceMean";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Mean(Axes.all())).normal(2, 3),
                Sample.of(new Mean(Axes.of(-1).kept())).normal(2, 3),
                Sample.of(new Mean(Axes.all())).normal());
    }
}
