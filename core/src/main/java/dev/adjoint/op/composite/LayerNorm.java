package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Layer normalisation: y = (x − x̄) / √(σ² + ε)·γ + β, with mean and biased variance over the last axes, those that γ has.
///
/// Operands are x `[…,D]`, the weight γ `[D]` and the bias β `[D]`, where D is one axis or several. Matches `layer_norm` of
/// PyTorch. Source: Ba, Kiros, Hinton, "Layer normalization", 2016.
///
/// Derivative: [LayerNormGradient].
///
/// @param epsilon what is added to the variance, above 0
public record LayerNorm(double epsilon) implements Composite {
    public LayerNorm {
        FloatingLaw.positive("layernorm: epsilon", epsilon);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 3);
        FloatingLaw.equalTypes(this, operands);
        TrailingAxes.check(this, operands);
        return List.of(operands.getFirst());
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor weight = operands.get(1);
        return operands.get(0)
                .standardize(TrailingAxes.of(weight.rank()), epsilon)
                .mul(weight)
                .add(operands.get(2));
    }

    @Override
    public Optional<List<Tensor>> vjp(Call call, SortedMap<Integer, Tensor> cotangents) {
        Tensor ct = cotangents.firstEntry().getValue();
        return Optional.of(call.x().layerNormGradient(call.operand(1), ct, epsilon));
    }

    /// One more leading axis. Weights that have it themselves are applied behind.
    @Override
    public Optional<List<Tensor>> batch(Batched operands) {
        if (!operands.isMapped(1) && !operands.isMapped(2)) {
            return Optional.of(List.of(operands.x()
                    .apply(this, operands.operands().get(1), operands.operands().get(2))));
        }
        Tensor ones = TrailingAxes.ones(operands);
        Tensor y = operands.x().layerNorm(ones, ones.zerosLike(), epsilon);
        List<Tensor> weights = operands.operands().subList(1, 3);
        Batched affine = new Batched(List.of(y, weights.get(0), weights.get(1)), operands.mapped(), operands.size());
        List<Tensor> all = affine.aligned();
        return Optional.of(List.of(all.get(0).mul(all.get(1)).add(all.get(2))));
    }

    @Override
    public String formula() {
        return "(x − x̄)/√(σ² + ε)·γ + β";
    }

    @Override
    public String onnx() {
        return "LayerNormalization";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new LayerNorm(1e-5)).normal(2, 4).normal(4).normal(4),
                Sample.of(new LayerNorm(1e-3)).normal(2, 3, 2).normal(3, 2).normal(3, 2),
                Sample.of(new LayerNorm(1e-5)).normal(3).normal(3).normal(3),
                Sample.of(new LayerNorm(1e-5)).normal(0, 3).normal(3).normal(3));
    }
}
