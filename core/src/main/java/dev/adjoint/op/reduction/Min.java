package dev.adjoint.op.reduction;

import dev.adjoint.op.Reduction;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Scalars;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// The smallest element along the given axes: y = minᵢ xᵢ; NaN if one is NaN, refused for no elements.
///
/// The winner receives the cotangent; winners that tie share it equally.
public record Min(Axes axes) implements Reduction {
    @Override
    public <S> S combine(Scalars<S> s, S accumulated, S x) {
        return s.min(accumulated, x);
    }

    @Override
    public double identity(DType type) {
        return type.highest();
    }

    @Override
    public Tensor partial(Tensor x, Tensor y) {
        Tensor winners = x.eq(y).to(x.dtype());
        return winners.div(winners.sum(axes.kept()));
    }

    @Override
    public Empty empty() {
        return Empty.REFUSED;
    }

    @Override
    public Min withAxes(Axes axes) {
        return new Min(axes);
    }

    @Override
    public String formula() {
        return "minᵢ xᵢ";
    }

    @Override
    public String vanishes(int operand) {
        return "to elements that are not the smallest";
    }

    @Override
    public String onnx() {
        return "ReduceMin";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Min(Axes.all())).normal(2, 3),
                Sample.of(new Min(Axes.of(0))).normal(3, 2),
                Sample.of(new Min(Axes.of(-1).kept())).normal(2, 3),
                Sample.of(new Min(Axes.of(0, 2))).normal(2, 3, 2),
                Sample.of(new Min(Axes.all())).normal());
    }
}
