package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// The reverse rule of [LayerNorm]: with ŷ = (x − x̄)/√(σ² + ε) and g = ct·γ, dx = (g − mean(g) − ŷ·mean(g·ŷ))/√(σ² + ε) with means
/// over the axes that γ has, and dγ = Σ ct·ŷ and dβ = Σ ct over all others.
///
/// Operands are x `[…,D]`, the weight γ `[D]` and the cotangent ct `[…,D]`; results are dx `[…,D]`, dγ `[D]` and dβ `[D]`. Mean and
/// variance are made anew from x, so that nothing but x outlives the forward pass.
///
/// @param epsilon what is added to the variance, above 0
public record LayerNormGradient(double epsilon) implements Composite {
    public LayerNormGradient {
        FloatingLaw.positive("layernormgradient: epsilon", epsilon);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 3);
        FloatingLaw.equalTypes(this, operands);
        TrailingAxes.checkGradient(this, operands);
        TensorType weight = operands.get(1);
        return List.of(operands.getFirst(), weight, weight);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return expandAll(operands).getFirst();
    }

    @Override
    public List<Tensor> expandAll(List<Tensor> operands) {
        Tensor x = operands.get(0);
        Tensor weight = operands.get(1);
        Tensor ct = operands.get(2);
        Standardize standardize = new Standardize(TrailingAxes.of(weight.rank()), epsilon);
        Tensor y = x.apply(standardize);
        return List.of(
                standardize.backward(x, y, ct.mul(weight)), ct.mul(y).sumTo(weight.shape()), ct.sumTo(weight.shape()));
    }

    /// dx of one more leading axis; the sums of each of its places by themselves.
    @Override
    public Optional<List<Tensor>> batch(Batched operands) {
        if (!operands.mapped().contains(true)) {
            return Optional.of(operands.x().apply(this, operands.operands()));
        }
        Tensor ones = TrailingAxes.ones(operands);
        Tensor x = operands.repeated(0);
        Tensor ct = operands.repeated(2);
        Tensor weight = operands.aligned().get(1);
        boolean scaled = operands.isMapped(1);
        Tensor dx = x.layerNormGradient(scaled ? ones : weight, scaled ? ct.mul(weight) : ct, epsilon)
                .getFirst();
        Tensor y = x.layerNorm(ones, ones.zerosLike(), epsilon);
        return Optional.of(
                List.of(dx, TrailingAxes.sums(ct.mul(y), ones.shape()), TrailingAxes.sums(ct, ones.shape())));
    }

    @Override
    public String formula() {
        return "(g − mean(g) − ŷ·mean(g·ŷ))/√(σ² + ε), Σ ct·ŷ, Σ ct";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new LayerNormGradient(1e-5)).normal(2, 4).normal(4).normal(2, 4),
                Sample.of(new LayerNormGradient(1e-3))
                        .normal(2, 3, 2)
                        .normal(3, 2)
                        .normal(2, 3, 2),
                Sample.of(new LayerNormGradient(1e-5)).normal(3).normal(3).normal(3),
                Sample.of(new LayerNormGradient(1e-5)).normal(0, 3).normal(3).normal(0, 3));
    }
}
