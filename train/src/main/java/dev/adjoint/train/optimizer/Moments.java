package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;

/// The running means that the adaptive optimisers share.
final class Moments {
    private Moments() {}

    /// β·m + (1−β)·x.
    static Tensor mean(Tensor m, double decay, Tensor x) {
        return m.mul(decay).add(x.mul(1 - decay));
    }

    /// What a running mean of t steps that began with 0 has reached of its true size:
    /// 1 − βᵗ = −(e^(t·ln β) − 1), exact for β near 1.
    static Tensor correction(double decay, Tensor t) {
        return t.mul(Math.log(decay)).expm1().neg();
    }

    /// √(Σ x²), a number without axes.
    static Tensor norm(Tensor x) {
        return x.square().sum().sqrt();
    }
}
