package dev.adjoint.train;

import dev.adjoint.tensor.InvalidArgument;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/// Saves the state of a training every so many steps, or when so much time has passed, and after every epoch.
///
/// @param <M> the model
public final class Checkpoints<M> implements Callback<M> {
    private final Every every;
    private final Store<M> store;
    private final LongSupplier clock;
    private long saved;

    /// Where states are saved.
    @FunctionalInterface
    public interface Store<M> {
        /// Saves a state.
        ///
        /// @param state the state
        /// @param figures the figures of the validation if an epoch is over, else none
        void save(TrainState<M> state, Map<String, Double> figures);
    }

    /// How often inside an epoch.
    ///
    /// @param steps when the number of steps is a multiple of this
    /// @param time when this has passed since the last time
    public record Every(long steps, Duration time) {
        private static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE);

        public Every {
            if (steps < 1 || !time.isPositive()) {
                throw new InvalidArgument("checkpoints are made every so many steps, at least 1, or after some time,"
                        + " not every " + steps + " steps or after " + time);
            }
        }

        /// Every so many steps.
        public static Every steps(long steps) {
            return new Every(steps, NEVER);
        }

        /// Every so many minutes.
        public static Every minutes(long minutes) {
            return new Every(Long.MAX_VALUE, Duration.ofMinutes(minutes));
        }

        /// Only after every epoch.
        public static Every epoch() {
            return new Every(Long.MAX_VALUE, NEVER);
        }
    }

    public Checkpoints(Every every, Store<M> store) {
        this(every, store, System::nanoTime);
    }

    Checkpoints(Every every, Store<M> store, LongSupplier clock) {
        this.every = every;
        this.store = store;
        this.clock = clock;
        this.saved = clock.getAsLong();
    }

    @Override
    public void step(StepReport<M> report) {
        boolean due = report.state().steps() % every.steps == 0 || clock.getAsLong() - saved >= every.time.toNanos();
        // The last step of an epoch is followed by the epoch's own checkpoint, which has its figures.
        if (due && report.batch() < report.batches()) {
            save(report.state(), Map.of());
        }
    }

    @Override
    public void epoch(EpochReport<M> report) {
        save(report.state(), report.metrics());
    }

    private void save(TrainState<M> state, Map<String, Double> figures) {
        store.save(state, figures);
        saved = clock.getAsLong();
    }
}
