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
        return centred(x).mul(scale(x, operands.get(1))).add(Channels.along(operands.get(2), x.rank()));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        Tensor x = call.x();
        Tensor centred = centred(x);
        Tensor rsqrt = rsqrt(x);
        Tensor weight = call.operand(1);
        Tensor sum = ct.sum(others(x.rank()));
        Tensor along = ct.mul(centred).sum(others(x.rank())).mul(rsqrt);
        return Optional.of(
                switch (operand) {
                    case 0 -> {
                        double n = others(x.rank()).size(x.shape());
                        Tensor share = along.mul(rsqrt).div(n);
                        yield ct.sub(sum.div(n)).sub(centred.mul(share)).mul(scale(x, weight));
                    }
                    case 1 -> along.reshape(weight.shape());
                    default -> sum.reshape(weight.shape());
                });
    }

    private static Axes others(int rank) {
        return Channels.others(rank).kept();
    }

    private static Tensor centred(Tensor x) {
        return x.sub(x.mean(others(x.rank())));
    }

    /// γ / √(σ² + ε), joined first: so little is left to do for every element.
    private Tensor scale(Tensor x, Tensor weight) {
        return Channels.along(weight, x.rank()).mul(rsqrt(x));
    }

    private Tensor rsqrt(Tensor x) {
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
