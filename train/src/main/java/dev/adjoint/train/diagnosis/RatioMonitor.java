package dev.adjoint.train.diagnosis;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.Callback;
import java.util.Optional;
import java.util.function.Consumer;

/// Tells the [UpdateRatios] of every n-th step while a network is trained.
///
/// {@snippet :
/// Callback<Sequential> callback = new RatioMonitor<>(100, result -> System.err.println(result.text()));
/// }
///
/// @param <M> the model
public final class RatioMonitor<M> implements Callback<M> {
    private final long every;
    private final Consumer<? super UpdateRatios.Result> told;
    private Optional<M> before = Optional.empty();

    /// @param every every how many steps, at least 1
    /// @param told who is told
    public RatioMonitor(long every, Consumer<? super UpdateRatios.Result> told) {
        if (every < 1) {
            throw new InvalidArgument("a monitor looks every 1 or more steps, not " + every);
        }
        this.every = every;
        this.told = told;
    }

    @Override
    public void step(StepReport<M> report) {
        long steps = report.state().steps();
        M model = report.state().model();
        if (steps % every == 0 && before.isPresent()) {
            told.accept(UpdateRatios.of(steps, before.get(), model));
        }
        // The next step takes the memory of this state.
        before = (steps + 1) % every == 0 ? Optional.of(Tree.map(model, Array::copy)) : Optional.empty();
    }
}
