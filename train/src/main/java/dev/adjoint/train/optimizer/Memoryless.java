package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;

/// A transformation that treats every tensor by itself and remembers nothing.
public interface Memoryless extends Optimizer {
    /// There is nothing to remember.
    record State() {}

    /// What becomes of one tensor's gradient, or of its change.
    ///
    /// @param gradient g, or what earlier transformations made of it
    /// @param weight w
    Tensor change(Tensor gradient, Tensor weight);

    @Override
    default <M> State init(M model) {
        return new State();
    }

    @Override
    default <M> Update<M> update(M gradients, Record state, M model) {
        return new Update<>(Tree.zip(gradients, model, this::change), state);
    }
}
