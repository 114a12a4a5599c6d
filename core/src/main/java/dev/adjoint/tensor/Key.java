package dev.adjoint.tensor;

import java.util.List;
import java.util.stream.IntStream;

/// An explicit random key: the same key gives the same numbers on every backend and any number of threads.
///
/// Nothing is consumed: who needs fresh numbers derives a fresh key by [#split] or [#fold]. Inside a traced function a
/// key is a tensor of type `i64[]`; [dev.adjoint.op.source.FoldKey] is [#fold] there.
///
/// @param bits the key of the [Philox] generator
public record Key(long bits) {
    /// The key of a seed.
    public static Key of(long seed) {
        return new Key(seed).fold(0);
    }

    /// The key that belongs to this one and a number; different numbers give unrelated keys.
    public Key fold(long number) {
        return new Key(Philox.fold(bits, number));
    }

    /// That many unrelated keys.
    public List<Key> split(int count) {
        return IntStream.range(0, count).mapToObj(this::fold).toList();
    }

    /// A uniform number in [0, 1) that belongs to this key and an index.
    public double uniform(long index) {
        return Philox.uniform(bits, index);
    }

    /// A standard normal number that belongs to this key and an index.
    public double normal(long index) {
        return Philox.normal(bits, index);
    }

    /// The numbers 0 … count−1 in an order that belongs to this key (Fisher–Yates).
    public int[] permutation(int count) {
        int[] order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int j = (int) (uniform(i) * (i + 1));
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
