package dev.adjoint.op.composite;

import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// Probabilities from scores of which some are absent: yᵢ = e^xᵢ / Σⱼ e^xⱼ, a score of −∞ being absent. Where none is present,
/// all results and all derivatives are 0.
///
/// What [Softmax] is elsewhere; there it would be 0/0. Derivative: dx = y·(ct − Σ ct·y).
///
/// @param axis the axis along which the probabilities add up to 1, or to 0
public record MaskedSoftmax(int axis) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        FloatingLaw.nonEmpty(this, operands, Axes.of(axis));
        return operands;
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        Tensor max = x.max(Axes.of(axis).kept()).stopGradient();
        Tensor shift = max.eq(Double.NEGATIVE_INFINITY).where(x.constant(0), max);
        Tensor weight = x.sub(shift).exp();
        Tensor total = weight.sum(Axes.of(axis).kept());
        return weight.div(total.eq(0).where(x.constant(1), total));
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
        return "e^xᵢ / Σⱼ e^xⱼ, nothing of nothing";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new MaskedSoftmax(-1)).normal(2, 3),
                Sample.of(new MaskedSoftmax(0)).normal(3, 2),
                Sample.of(new MaskedSoftmax(0)).uniform(500, 1000, 3),
                Sample.of(new MaskedSoftmax(1)).normal(0, 2));
    }
}
