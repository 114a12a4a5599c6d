package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;

/// Local response normalisation across channels: y_c = x_c·(k + (α/n)·Σ_j x_j²)^(−β) over the n channels around c.
///
/// x and y are `[N,C,…]`; see [dev.adjoint.op.composite.LocalResponseNorm].
///
/// {@snippet :
/// Tensor y = LocalResponseNorm.of(5).apply(x, Pass.evaluation());
/// }
///
/// @param size the number n of channels that are summed over, at least 1
/// @param alpha the scale α
/// @param beta the exponent β
/// @param k what is added to the sum, above 0
public record LocalResponseNorm(long size, double alpha, double beta, double k) implements Layer {
    /// α = 10⁻⁴, β = 3/4, k = 1, the defaults of PyTorch.
    public static LocalResponseNorm of(long size) {
        return new LocalResponseNorm(size, 1e-4, 0.75, 1);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.localResponseNorm(size, alpha, beta, k);
    }
}
