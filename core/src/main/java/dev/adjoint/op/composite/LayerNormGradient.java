package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
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
        TensorType x = operands.get(0);
        TensorType weight = operands.get(1);
        TrailingAxes.check(this, operands.subList(0, 2));
        if (!operands.get(2).equals(x)) {
            throw new ShapeMismatch(name(), operands, "the cotangent must be of type " + x);
        }
        return List.of(x, weight, weight);
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
        boolean scaled = operands.isMapped(1);
        Tensor ones = LayerNorm.ones(operands, 1);
        List<Tensor> all = operands.aligned();
        Tensor ct = operands.repeated(2);
        Tensor x = operands.repeated(0);
        Tensor g = scaled ? ct.mul(all.get(1)) : ct;
        Tensor dx = x.layerNormGradient(scaled ? ones : all.get(1), g, epsilon).getFirst();
        Tensor y = x.layerNorm(ones, ones.zerosLike(), epsilon);
        List<Tensor> results = new ArrayList<>(List.of(dx));
        for (Tensor term : List.of(ct.mul(y), ct)) {
            Shape sums = ones.shape().padded(x.rank() - 1).prepend(operands.size());
            results.add(term.sumTo(sums).reshape(ones.shape().prepend(operands.size())));
        }
        return Optional.of(results);
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
