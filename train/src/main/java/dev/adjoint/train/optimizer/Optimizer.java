package dev.adjoint.train.optimizer;

/// A pair of pure functions: a first state, and a step from gradients to changes of the weights.
///
/// Optimisers are also the transformations of gradients that stand before them, so they chain:
/// `WeightDecay.of(1e-4).then(Adam.of(1e-3))`. State and changes have the form of the model.
public interface Optimizer {
    /// The state before the first step: a tree of tensors.
    <M> Record init(M model);

    /// What to add to the weights, and the next state.
    ///
    /// @param gradients ∂J/∂w, in the form of the model, or what an earlier transformation made of it
    /// @param state the state that [#init] or the last step returned
    /// @param model the weights
    <M> Update<M> update(M gradients, Record state, M model);

    /// Changes of the weights and the next state.
    record Update<M>(M changes, Record state) {}

    /// This transformation followed by another.
    default Optimizer then(Optimizer next) {
        return new Chain(this, next);
    }
}
