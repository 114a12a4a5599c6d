package dev.adjoint.train;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.InvalidArgument;
import java.util.List;
import java.util.Map;

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
    private final List<? extends Callback<M>> callbacks;

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
        this(Compiled.of(step, kernels), training, Validation.none(), List.of());
    }

    private Trainer(
            Compiled<TrainStep.Argument<M, B>, TrainStep.Result<M>> step,
            Batches<B> training,
            Validation<M, B> validation,
            List<? extends Callback<M>> callbacks) {
        this.step = step;
        this.training = training;
        this.validation = validation;
        this.callbacks = callbacks;
        if (training.count() < 1) {
            throw new InvalidArgument("training needs at least one batch");
        }
    }

    /// This trainer with an evaluation after every epoch.
    public Trainer<M, B> validation(Validation<M, B> changed) {
        return new Trainer<>(step, training, changed, callbacks);
    }

    /// This trainer with other callbacks, told in order.
    public Trainer<M, B> callbacks(List<? extends Callback<M>> changed) {
        return new Trainer<>(step, training, validation, List.copyOf(changed));
    }

    /// Trains until the given number of epochs has been done, those before the given state included.
    ///
    /// @throws InvalidArgument if the number of epochs is below 1
    /// @throws Diverged if the loss becomes NaN or infinite
    public TrainState<M> run(TrainState<M> from, long epochs) {
        if (epochs < 1) {
            throw new InvalidArgument("training needs at least one epoch, not " + epochs);
        }
        TrainState<M> state = from;
        for (long epoch = from.steps() / training.count(); epoch < epochs; epoch++) {
            state = epoch(state, epoch, epochs);
        }
        return state;
    }

    private TrainState<M> epoch(TrainState<M> from, long epoch, long epochs) {
        long start = System.nanoTime();
        TrainState<M> state = from;
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
            callbacks.forEach(callback -> callback.step(report));
        }
        Map<String, Double> metrics = validation.evaluation.figures(state.model(), validation.batches);
        double seconds = (System.nanoTime() - start) * 1e-9;
        double mean = total / (batch - skipped);
        var report = new Callback.EpochReport<>(state, epoch + 1, epochs, mean, metrics, seconds);
        callbacks.forEach(callback -> callback.epoch(report));
        return state;
    }

    private double finite(TrainState<M> state, double loss) {
        if (!Double.isFinite(loss)) {
            throw new Diverged(state.steps(), loss);
        }
        return loss;
    }
}
