package dev.adjoint.train;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Runs a [TrainStep] over the batches of some epochs, evaluates after each, and tells callbacks.
///
/// Training is repeatable: the same state, batches and kernels give the same bits.
///
/// @param <M> the model, a tree of tensors
/// @param <B> the batch, a tree of tensors
public final class Trainer<M, B> {
    private final Compiled<TrainStep.Argument<M, B>, TrainStep.Result<M>> step;
    private final Batches<B> training;
    private final Validation<M, B> validation;
    private final Followers<M> followers;

    /// Who is told, and who decides.
    private record Followers<M>(List<? extends Callback<M>> callbacks, List<? extends Watch> watches) {}

    /// What is evaluated after every epoch.
    ///
    /// @param batches the validation examples, never trained on
    /// @param evaluation the metrics
    public record Validation<M, B>(Iterable<B> batches, Evaluation<M, B> evaluation) {
        /// Nothing is evaluated.
        public static <M, B> Validation<M, B> none() {
            return new Validation<>(List.of(), new Evaluation<>(List.of(), Kernels.installed()));
        }
    }

    /// A trainer on the given kernels.
    public Trainer(TrainStep<M, B> step, Batches<B> training, Kernels kernels) {
        this(
                Compiled.of(step, kernels).donating(TrainStep.Argument::state),
                training,
                Validation.none(),
                new Followers<>(List.of(), List.of()));
    }

    private Trainer(
            Compiled<TrainStep.Argument<M, B>, TrainStep.Result<M>> step,
            Batches<B> training,
            Validation<M, B> validation,
            Followers<M> followers) {
        this.step = step;
        this.training = training;
        this.validation = validation;
        this.followers = followers;
        if (training.count() < 1) {
            throw new InvalidArgument("training needs at least one batch");
        }
    }

    /// This trainer with an evaluation after every epoch.
    public Trainer<M, B> validation(Validation<M, B> changed) {
        return new Trainer<>(step, training, changed, followers);
    }

    /// This trainer with other callbacks, told in order.
    public Trainer<M, B> callbacks(List<? extends Callback<M>> changed) {
        return new Trainer<>(step, training, validation, new Followers<>(List.copyOf(changed), followers.watches));
    }

    /// This trainer with other watches, which decide in order: early stopping, plateaus.
    public Trainer<M, B> watches(List<? extends Watch> changed) {
        return new Trainer<>(step, training, validation, new Followers<>(followers.callbacks, List.copyOf(changed)));
    }

    /// A state that this trainer can go on with: with the first states of its watches, unless it has states of them
    /// already. A checkpoint is read into such a state.
    ///
    /// @throws InvalidArgument if the state is that of a training with other watches
    public TrainState<M> begin(TrainState<M> state) {
        if (state.watches().isEmpty()) {
            return state.watched(followers.watches);
        }
        if (state.watches().size() != followers.watches.size()) {
            throw new InvalidArgument("the state is that of a training with "
                    + state.watches().size() + " watches, not " + followers.watches.size());
        }
        return state;
    }

    /// Trains until the given number of epochs has been done, those before the given state included, or until a watch ends
    /// it. The weights are those that the watches give back.
    ///
    /// @throws InvalidArgument if the number of epochs is below 1
    /// @throws Diverged if the loss becomes NaN or infinite
    public TrainState<M> run(TrainState<M> from, long epochs) {
        if (epochs < 1) {
            throw new InvalidArgument("training needs at least one epoch, not " + epochs);
        }
        TrainState<M> state = begin(from);
        for (long epoch = from.steps() / training.count(); epoch < epochs && !stopped(state); epoch++) {
            state = epoch(state, epoch, epochs);
        }
        M model = state.model();
        for (int i = 0; i < followers.watches.size(); i++) {
            model = followers.watches.get(i).result(model, state.watches().get(i));
        }
        return new TrainState<>(model, state.optimizer(), state.key(), state.step(), state.watches());
    }

    private boolean stopped(TrainState<M> state) {
        return IntStream.range(0, followers.watches.size())
                .anyMatch(i -> followers.watches.get(i).stops(state.watches().get(i)));
    }

    private TrainState<M> epoch(TrainState<M> from, long epoch, long epochs) {
        long start = System.nanoTime();
        TrainState<M> state = from.copy();
        long skipped = from.steps() - epoch * training.count();
        double total = 0;
        long batch = 0;
        for (B examples : training.epoch(epoch)) {
            if (++batch <= skipped) {
                continue;
            }
            TrainStep.Result<M> result = step.apply(new TrainStep.Argument<>(state, examples));
            state = result.state();
            double loss = finite(state, Array.of(result.loss()).item());
            total += loss;
            var report = new Callback.StepReport<>(state, epoch + 1, batch, training.count(), loss);
            followers.callbacks.forEach(callback -> callback.step(report));
        }
        Map<String, Double> metrics = validation.evaluation.figures(state.model(), validation.batches);
        double seconds = (System.nanoTime() - start) * 1e-9;
        double mean = total / (batch - skipped);
        var report = watched(new Callback.EpochReport<>(state, epoch + 1, epochs, mean, metrics, seconds));
        followers.callbacks.forEach(callback -> callback.epoch(report));
        return report.state();
    }

    /// The report with the state that the watches make of it.
    private Callback.EpochReport<M> watched(Callback.EpochReport<M> first) {
        Callback.EpochReport<M> report = first;
        for (int i = 0; i < followers.watches.size(); i++) {
            TrainState<M> state = report.state();
            Watch.Seen seen =
                    followers.watches.get(i).see(report, state.watches().get(i));
            List<Record> states = new ArrayList<>(state.watches());
            states.set(i, seen.state());
            report = report.with(new TrainState<>(state.model(), seen.optimizer(), state.key(), state.step(), states));
        }
        return report;
    }

    private double finite(TrainState<M> state, double loss) {
        if (!Double.isFinite(loss)) {
            throw new Diverged(state.steps(), loss);
        }
        return loss;
    }
}
