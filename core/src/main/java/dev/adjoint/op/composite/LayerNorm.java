package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Layer normalisation: y = (x − x̄) / √(σ² + ε)·γ + β, with mean and biased variance over the last axes, those that γ has.
///
/// Operands are x `[…,D]`, the weight γ `[D]` and the bias β `[D]`, where D is one axis or several. Matches `layer_norm` of
/// PyTorch. Source: Ba, Kiros, Hinton, "Layer normalization", 2016.
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
