package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;

/// Normalisation by the root mean square: y = x / √(mean(x²) + ε)·γ over the last axes.
///
/// x and y are `[…,shape of γ]`. Matches `RMSNorm` of PyTorch. Source: Zhang, Sennrich, "Root mean square layer
/// normalization", 2019.
///
/// {@snippet :
/// Tensor y = RmsNorm.init(64).apply(x, Pass.evaluation());
/// }
///
/// @param weight γ
/// @param epsilon ε, above 0
public record RmsNorm(Tensor weight, double epsilon) implements Layer {
    /// γ = 1, ε = 10⁻⁶.
    public static RmsNorm init(long... dims) {
        return new RmsNorm(Init.ones(dims), 1e-6);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.rmsNorm(weight, epsilon);
    }
}
