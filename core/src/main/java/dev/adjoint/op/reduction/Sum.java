package dev.adjoint.op.reduction;

import dev.adjoint.op.Reduction;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Scalars;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// The sum along the given axes: y = Σᵢ xᵢ; of nothing, 0. Every element receives the cotangent.
public record Sum(Axes axes) implements Reduction {
    @Override
    public <S> S combine(Scalars<S> s, S accumulated, S x) {
        return s.add(accumulated, x);
    }

    @Override
    public double identity(DType type) {
        return 0;
    }

    @Override
    public Tensor partial(Tensor x, Tensor y) {
        return x.constant(1);
    }

    @Override
    public Empty empty() {
        return Empty.IDENTITY;
    }

    @Override
    public Sum withAxes(Axes axes) {
        return new Sum(axes);
    }

    @Override
    public String formula() {
        return "Σᵢ xᵢ";
    }

    @Override
    public String onnx() {
        return "ReduceSum";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Sum(Axes.all())).normal(2, 3),
                Sample.of(new Sum(Axes.of(0))).normal(3, 2),
                Sample.of(new Sum(Axes.of(-1).kept())).normal(2, 3),
                Sample.of(new Sum(Axes.of(0, 2))).normal(2, 3, 2),
                Sample.of(new Sum(Axes.of(1))).normal(2, 0, 3),
                Sample.of(new Sum(Axes.all())).normal());
    }
}
