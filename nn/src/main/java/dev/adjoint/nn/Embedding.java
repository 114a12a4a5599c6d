package dev.adjoint.nn;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;

/// A vector for every number: `y = E[x]`.
///
/// x is `[…]` of integers from 0 to n − 1, y is `[…,width]`.
///
/// {@snippet :
/// Tensor y = Embedding.init(Key.of(1), 1000, 64).apply(Array.of(3, 1, 4), Pass.evaluation());
/// }
///
/// @param table E, `[n,width]`
public record Embedding(Tensor table) implements Layer {
    /// Normal numbers of variance 1.
    public static Embedding init(Key key, long count, long width) {
        return init(key, 1, count, width);
    }

    /// Normal numbers of a deviation.
    public static Embedding init(Key key, double deviation, long count, long width) {
        return new Embedding(Init.normal(key, deviation, count, width));
    }

    /// @throws InvalidArgument if x are no integers
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        if (!x.dtype().isInteger()) {
            throw new InvalidArgument(
                    "an embedding takes integers, the numbers of the rows of its table, not " + x.type());
        }
        return table.embedding(x);
    }

    /// The product of vectors `[…,width]` with all rows of the table, `[…,n]`: the scores of a readout that shares the table.
    ///
    /// Source: Press, Wolf, "Using the output embedding to improve language models", 2017.
    public Tensor scores(Tensor vectors) {
        return vectors.matmul(table.mT());
    }
}
