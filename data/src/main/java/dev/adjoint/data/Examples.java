package dev.adjoint.data;

/// Examples that batches are taken from: all in memory, as in a [Dataset], or read when they are asked for, as in a folder
/// of images. They never change, so any number of threads may take batches at once.
public interface Examples {
    /// The number of examples, at least 1.
    int size();

    /// The examples of the given rows, in their order; a row may be taken more than once.
    ///
    /// @throws dev.adjoint.tensor.InvalidArgument if a row does not exist
    /// @throws UnreadableData if an example is read now and cannot be
    Batch batch(int... rows);
}
