package dev.adjoint.op.composite;

import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The logarithm of a sum of exponentials along the given axes: y = ln Σᵢ e^xᵢ. Derivative: ∂y/∂xᵢ = e^(xᵢ − y).
public record LogSumExp(Axes axes) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return FloatingLaw.nonEmpty(this, operands, axes);
    }

    // Subtracting the maximum first keeps every exponent at most zero, so nothing overflows; an infinite maximum would
    // turn into NaN and is replaced by zero.
    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        Tensor max = x.max(axes.kept()).stopGradient();
        Tensor finite = max.abs().lt(Double.POSITIVE_INFINITY).where(max, max.zerosLike());
        Tensor kept = x.sub(finite).exp().sum(axes.kept()).log().add(finite);
        return kept.reshape(axes.reduce(x.shape()));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        Shape kept = axes.kept().reduce(call.x().shape());
        Tensor weight = call.x().sub(call.out().reshape(kept)).exp();
        return Optional.of(weight.mul(ct.reshape(kept)));
    }

    @Override
    public String formula() {
        return "ln Σᵢ e^xᵢ";
    }

    @Override
    public String onnx() {
        return "ReduceLogSumExp";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new LogSumExp(Axes.all())).normal(2, 3),
                Sample.of(new LogSumExp(Axes.of(-1).kept())).normal(2, 3),
                Sample.of(new LogSumExp(Axes.of(0))).uniform(500, 1000, 3));
    }
}
