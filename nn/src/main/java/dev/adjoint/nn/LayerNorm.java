package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;

/// Layer normalisation: y = (x − x̄) / √(σ² + ε)·γ + β with mean and variance over the last axes of every example.
///
/// x and y are `[…,shape of γ]`. Matches `LayerNorm` of PyTorch. Source: Ba, Kiros, Hinton, "Layer normalization", 2016.
///
/// {@snippet :
/// Tensor y = LayerNorm.init(64).apply(x, Pass.evaluation());
/// }
///
/// @param weight γ
/// @param bias β, of the shape of γ
/// @param epsilon ε, above 0
public record LayerNorm(Tensor weight, Tensor bias, double epsilon) implements Layer {
    /// γ = 1, β = 0, ε = 10⁻⁵.
    public static LayerNorm init(long... dims) {
        return new LayerNorm(Init.ones(dims), Init.zeros(dims), 1e-5);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.layerNorm(weight, bias, epsilon);
    }
}
