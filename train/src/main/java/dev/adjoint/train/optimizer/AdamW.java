package dev.adjoint.train.optimizer;

/// AdamW: [Adam] followed by a [DecoupledDecay] at the same rate: w ← w − η·λ·w − η·m̂/(√v̂ + ε).
///
/// Source: Loshchilov, Hutter, "Decoupled weight decay regularization", ICLR 2019. As in PyTorch's `torch.optim.AdamW`
/// the decay is multiplied by the scheduled rate.
public final class AdamW {
    private AdamW() {}

    /// A constant rate; β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
    ///
    /// @param decay λ; PyTorch's default is 0.01
    public static Optimizer of(double rate, double decay) {
        return of(Adam.of(rate), decay);
    }

    /// A scheduled rate; β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
    ///
    /// @param decay λ
    public static Optimizer of(Schedule rate, double decay) {
        return of(Adam.of(rate), decay);
    }

    /// Any Adam with decay.
    ///
    /// @param decay λ
    public static Optimizer of(Adam adam, double decay) {
        return adam.then(new DecoupledDecay(adam.rate(), decay));
    }
}
