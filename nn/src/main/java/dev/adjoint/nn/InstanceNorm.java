package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;

/// Instance normalisation: y = (x − x̄) / √(σ² + ε)·γ + β with mean and variance over each channel of every example.
///
/// x and y are `[N,C,…]` with at least one axis inside. Matches `InstanceNorm1d` … `InstanceNorm3d` of PyTorch with
/// `affine=True`. Source: Ulyanov, Vedaldi, Lempitsky, "Instance normalization", 2016.
///
/// {@snippet :
/// Tensor y = InstanceNorm.init(16).apply(x, Pass.evaluation());
/// }
///
/// @param weight γ, `[C]`
/// @param bias β, `[C]`
/// @param epsilon ε, above 0
public record InstanceNorm(Tensor weight, Tensor bias, double epsilon) implements Layer {
    /// γ = 1, β = 0, ε = 10⁻⁵.
    public static InstanceNorm init(long channels) {
        return new InstanceNorm(Init.ones(channels), Init.zeros(channels), 1e-5);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.instanceNorm(weight, bias, epsilon);
    }
}
