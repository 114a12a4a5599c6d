package dev.adjoint.op.reduction;

import dev.adjoint.op.Reduction;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Scalars;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// The largest element along the given axes: y = maxᵢ xᵢ; NaN if one is NaN, refused for no elements.
///
/// The winner receives the cotangent; winners that tie share it equally.
public record Max(Axes axes) implements Reduction {
    @Override
    public <S> S combine(Scalars<S> s, S accumulated, S x) {
        return s.max(accumulated, x);
    }

    @Override
    public double identity(DType type) {
        return type.lowest();
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
    public Max withAxes(Axes axes) {
        return new Max(axes);
    }

    @Override
    public String formula() {
        return "maxᵢ xᵢ";
    }

    @Override
    public String vanishes(int operand) {
        return "to elements that are not the largest";
    }

    @Override
    public String onnx() {
        return "ReduceMax";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Max(Axes.all())).normal(2, 3),
                Sample.of(new Max(Axes.of(0))).normal(3, 2),
                Sample.of(new Max(Axes.of(-1).kept())).normal(2, 3),
                Sample.of(new Max(Axes.of(0, 2))).normal(2, 3, 2),
                Sample.of(new Max(Axes.all())).normal());
    }
}
