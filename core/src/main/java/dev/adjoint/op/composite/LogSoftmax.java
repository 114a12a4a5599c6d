package dev.adjoint.op.composite;

import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// Log-probabilities from scores along one axis: yᵢ = xᵢ − ln Σⱼ e^xⱼ. Derivative: dx = ct − e^y·Σ ct.
///
/// Elements at −∞ stay there. Where all are −∞, the formula is −∞ + ∞ and every result is NaN, as in PyTorch.
///
/// @param axis the axis along which the probabilities add up to 1
public record LogSoftmax(int axis) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        FloatingLaw.nonEmpty(this, operands, Axes.of(axis));
        return operands;
    }

    // The maximum is subtracted from x itself: xᵢ − ln Σⱼ e^xⱼ, formed of large numbers, would lose the digits that x
    // has and
    // the result has not. An infinite maximum would turn into NaN and is replaced by zero.
    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        Tensor max = x.max(Axes.of(axis).kept()).stopGradient();
        Tensor shifted = x.sub(max.abs().lt(Double.POSITIVE_INFINITY).where(max, max.zerosLike()));
        return shifted.sub(shifted.exp().sum(Axes.of(axis).kept()).log());
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        Tensor total = ct.sum(Axes.of(axis).kept());
        return Optional.of(ct.sub(call.out().exp().mul(total)));
    }

    @Override
    public String formula() {
        return "xᵢ − ln Σⱼ e^xⱼ";
    }

    @Override
    public String onnx() {
        return "LogSoftmax";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new LogSoftmax(-1)).normal(2, 3),
                Sample.of(new LogSoftmax(0)).normal(3, 2),
                Sample.of(new LogSoftmax(0)).uniform(500, 1000, 3));
    }
}
