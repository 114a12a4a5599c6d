package dev.adjoint.train;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.train.optimizer.ReduceOnPlateau;

/// Shows a [ReduceOnPlateau] the figure of every epoch.
///
/// @param optimizer the training's optimiser
/// @param goal which figure of the validation, and which way
public record Plateau(ReduceOnPlateau optimizer, Goal goal) implements Watch {
    /// There is nothing to remember beside the optimiser's own state.
    public record State() {}

    @Override
    public <M> State init(M model) {
        return new State();
    }

    @Override
    public <M> Seen see(Callback.EpochReport<M> report, Record state) {
        if (!(report.state().optimizer() instanceof ReduceOnPlateau.State inner)) {
            throw new InvalidArgument("the training's optimiser is no ReduceOnPlateau: let it be the outermost one");
        }
        return new Seen(state, optimizer.observe(inner, goal.cost(report.metrics())));
    }
}
