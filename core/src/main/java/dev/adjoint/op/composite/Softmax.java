package dev.adjoint.op.composite;

import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// Probabilities from scores along one axis: yᵢ = e^xᵢ / Σⱼ e^xⱼ. Derivative: dx = y·(ct − Σ ct·y).
///
/// Elements at −∞ get 0. Where all are −∞, the formula is 0/0 and every result is NaN, as in PyTorch; [MaskedSoftmax] gives
/// zeros there.
///
/// @param axis the axis along which the probabilities add up to 1
public record Softmax(int axis) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        FloatingLaw.nonEmpty(this, operands, Axes.of(axis));
        return operands;
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        Tensor max = x.max(Axes.of(axis).kept()).stopGradient();
        Tensor weight = x.sub(max).exp();
        return weight.div(weight.sum(Axes.of(axis).kept()));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        Tensor mean = ct.mul(call.out()).sum(Axes.of(axis).kept());
        return Optional.of(call.out().mul(ct.sub(mean)));
    }

    @Override
    public String vanishes(int operand) {
        return "where one element has all the weight";
    }

    @Override
    public String formula() {
        return "e^xᵢ / Σⱼ e^xⱼ";
    }

    @Override
    public String onnx() {
        return "Softmax";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Softmax(-1)).normal(2, 3),
                Sample.of(new Softmax(0)).normal(3, 2),
                Sample.of(new Softmax(0)).uniform(500, 1000, 3));
    }
}
