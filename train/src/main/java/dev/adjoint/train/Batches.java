package dev.adjoint.train;

import java.util.List;

/// The batches of every epoch, in an order that depends on the number of the epoch alone.
///
/// @param <B> the batch, a tree of tensors
public interface Batches<B> {
    /// How many batches an epoch has, at least 1.
    long count();

    /// The batches of an epoch, from 0.
    Iterable<B> epoch(long epoch);

    /// The same batches in every epoch.
    static <B> Batches<B> repeated(List<B> batches) {
        return new Batches<>() {
            @Override
            public long count() {
                return batches.size();
            }

            @Override
            public Iterable<B> epoch(long epoch) {
                return batches;
            }
        };
    }
}
