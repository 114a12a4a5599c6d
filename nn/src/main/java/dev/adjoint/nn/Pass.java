package dev.adjoint.nn;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;

/// What a layer needs beside its input and its weights: whether the network is trained or used, and random keys.
///
/// A pass belongs to one application of one network. It counts the keys it has given away, so every layer that asks gets
/// its own, the same one in every run.
public final class Pass {
    /// Whether a network is trained or used.
    public enum Mode {
        TRAINING,
        EVALUATION
    }

    private final Mode mode;
    private final Tensor key;
    private long given;

    private Pass(Mode mode, Tensor key) {
        this.mode = mode;
        this.key = key;
    }

    /// A pass that uses the network: nothing is random.
    public static Pass evaluation() {
        return new Pass(Mode.EVALUATION, Array.key(new Key(0)));
    }

    /// A pass that trains the network.
    ///
    /// @param key a random key as a tensor of type `i64[]`
    public static Pass training(Tensor key) {
        return new Pass(Mode.TRAINING, key);
    }

    public Mode mode() {
        return mode;
    }

    public boolean isTraining() {
        return mode == Mode.TRAINING;
    }

    /// A random key that nobody else has, of type `i64[]`.
    public Tensor nextKey() {
        return key.foldKey(given++);
    }
}
