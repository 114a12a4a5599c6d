package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;

/// Group normalisation: y = (x − x̄) / √(σ² + ε)·γ + β with mean and variance over each group of channels of every example.
///
/// x and y are `[N,C,…]`. Matches `GroupNorm` of PyTorch. Source: Wu, He, "Group normalization", 2018.
///
/// {@snippet :
/// Tensor y = GroupNorm.init(4, 16).apply(x, Pass.evaluation());
/// }
///
/// @param groups into how many groups the channels are divided
/// @param weight γ, `[C]`
/// @param bias β, `[C]`
/// @param epsilon ε, above 0
public record GroupNorm(long groups, Tensor weight, Tensor bias, double epsilon) implements Layer {
    /// γ = 1, β = 0, ε = 10⁻⁵.
    public static GroupNorm init(long groups, long channels) {
        return new GroupNorm(groups, Init.ones(channels), Init.zeros(channels), 1e-5);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.groupNorm(groups, weight, bias, epsilon);
    }
}
