package dev.adjoint.train.optimizer;

/// One transformation after the other: the first one's changes are the second one's gradients.
record Chain(Optimizer first, Optimizer second) implements Optimizer {
    /// The states of both.
    public record State(Record first, Record second) {}

    @Override
    public <M> State init(M model) {
        return new State(first.init(model), second.init(model));
    }

    @Override
    public <M> Update<M> update(M gradients, Record state, M model) {
        State both = (State) state;
        Update<M> inner = first.update(gradients, both.first, model);
        Update<M> outer = second.update(inner.changes(), both.second, model);
        return new Update<>(outer.changes(), new State(inner.state(), outer.state()));
    }
}
