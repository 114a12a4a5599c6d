package dev.adjoint.data.loader;

import dev.adjoint.data.Batch;
import dev.adjoint.data.Examples;
import dev.adjoint.data.transform.BatchTransform;
import dev.adjoint.data.transform.ImageTransform;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;

/// Batches that are read and changed by virtual threads ahead of their use.
///
/// {@snippet :
/// Loader loader = Loader.of(Digits.load(), 32)
///         .images(new RandomRotation(10))
///         .workers(4)
///         .ahead(8);
/// for (Batch batch : loader.epoch(key.fold(epoch))) {
///     Tensor brightness = batch.features().mean();
/// }
/// }
///
/// The order is that of [dev.adjoint.data.Dataset#batches(int,Key)], and the change of an example belongs to its place in the
/// epoch: the number of workers changes neither. At most `ahead` batches are in memory beside the one in use, and an epoch
/// that is left early keeps no thread.
public final class Loader {
    private final Examples examples;
    private final int batchSize;
    private final BatchTransform transform;
    private final Pace pace;

    /// How much is done at once, and how far ahead.
    private record Pace(int workers, int ahead) {
        Pace {
            atLeastOne("the number of workers", workers);
            atLeastOne("the number of batches ahead", ahead);
        }
    }

    private Loader(Examples examples, int batchSize, BatchTransform transform, Pace pace) {
        this.examples = examples;
        this.batchSize = atLeastOne("the batch size", batchSize);
        this.transform = transform;
        this.pace = pace;
    }

    private static int atLeastOne(String what, int number) {
        if (number < 1) {
            throw new InvalidArgument(what + " must be at least 1, not " + number);
        }
        return number;
    }

    /// A loader of unchanged batches with as many workers as processors, and twice as many batches ahead.
    ///
    /// @throws InvalidArgument if the batch size is below 1
    public static Loader of(Examples examples, int batchSize) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new Loader(examples, batchSize, BatchTransform.none(), new Pace(processors, 2 * processors));
    }

    /// The same loader with another change after those it has.
    public Loader transformed(BatchTransform next) {
        return new Loader(examples, batchSize, transform.then(next), pace);
    }

    /// The same loader with a change of every image after those it has.
    public Loader images(ImageTransform next) {
        return transformed(next.onBatches());
    }

    /// The same loader with at most this many batches in work at once.
    ///
    /// @throws InvalidArgument if the number is below 1
    public Loader workers(int workers) {
        return new Loader(examples, batchSize, transform, new Pace(workers, pace.ahead));
    }

    /// The same loader with at most this many batches begun and not used yet.
    ///
    /// @throws InvalidArgument if the number is below 1
    public Loader ahead(int ahead) {
        return new Loader(examples, batchSize, transform, new Pace(pace.workers, ahead));
    }

    /// The number of batches of an epoch; the last may be smaller.
    public int count() {
        return Math.ceilDiv(examples.size(), batchSize);
    }

    /// All examples in an order that belongs to the key. Loading begins when the first batch is asked for.
    public Iterable<Batch> epoch(Key key) {
        return epoch(key, 0);
    }

    /// The same epoch from a batch on, for a run that goes on where it stopped.
    ///
    /// @param first the number of batches to leave out, from 0 to [#count]
    /// @throws InvalidArgument if there are fewer batches
    public Iterable<Batch> epoch(Key key, int first) {
        if (first < 0 || first > count()) {
            throw new InvalidArgument("an epoch of " + count() + " batches cannot start at batch " + first);
        }
        Epoch epoch = new Epoch(examples, transform, key, batchSize);
        return () -> new Prefetch(epoch, first, pace.ahead, pace.workers);
    }
}
