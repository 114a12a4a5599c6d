package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// Every channel with mean β and deviation γ over all other axes: y = x̂·γ + β with x̂ = (x − x̄) / √(σ² + ε), the biased
/// variance σ², x `[N,C,…]`, γ and β `[C]`. The first result of [BatchNormTraining].
///
/// Derivative, with n numbers in a channel: dβ = Σ ct, dγ = Σ ct·x̂, dx = (ct − dβ/n − x̂·dγ/n)·γ / √(σ² + ε): two sums in all.
///
/// @param epsilon what is added to the variance, above 0
public record ChannelNorm(double epsilon) implements Composite {
    public ChannelNorm {
        FloatingLaw.positive("channelnorm: epsilon", epsilon);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 3);
        FloatingLaw.equalTypes(this, operands);
        Channels.check(this, operands);
        FloatingLaw.reduce(
                this, operands.subList(0, 1), others(operands.getFirst().rank()));
        return List.of(operands.getFirst());
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        return standard(x)
                .mul(Channels.along(operands.get(1), x.rank()))
                .add(Channels.along(operands.get(2), x.rank()));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        Tensor x = call.x();
        Tensor standard = standard(x);
        Tensor sum = ct.sum(others(x.rank()));
        Tensor along = ct.mul(standard).sum(others(x.rank()));
        Tensor weight = call.operand(1);
        return Optional.of(
                switch (operand) {
                    case 0 -> {
                        double n = others(x.rank()).size(x.shape());
                        Tensor scale = Channels.along(weight, x.rank()).mul(scale(x));
                        yield ct.sub(sum.div(n)).sub(standard.mul(along.div(n))).mul(scale);
                    }
                    case 1 -> along.reshape(weight.shape());
                    default -> sum.reshape(weight.shape());
                });
    }

    private static Axes others(int rank) {
        return Channels.others(rank).kept();
    }

    private Tensor standard(Tensor x) {
        return x.sub(x.mean(others(x.rank()))).mul(scale(x));
    }

    private Tensor scale(Tensor x) {
        return x.variance(others(x.rank()), 0).add(epsilon).rsqrt();
    }

    @Override
    public String formula() {
        return "(x − x̄)/√(σ² + ε)·γ + β";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new ChannelNorm(1e-3)).normal(4, 2).normal(2).normal(2),
                Sample.of(new ChannelNorm(0.1)).normal(2, 3, 2, 2).normal(3).normal(3),
                Sample.of(new ChannelNorm(1e-3)).normal(3, 0).normal(0).normal(0));
    }
}
