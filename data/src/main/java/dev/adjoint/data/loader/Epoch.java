package dev.adjoint.data.loader;

import dev.adjoint.data.Batch;
import dev.adjoint.data.Examples;
import dev.adjoint.data.transform.BatchTransform;
import dev.adjoint.tensor.Key;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What the batches of an epoch are: each can be made alone, by any thread.
final class Epoch {
    private final Examples examples;
    private final BatchTransform transform;
    private final Key changes;
    private final int batchSize;
    private final int[] order;

    Epoch(Examples examples, BatchTransform transform, Key key, int batchSize) {
        this.examples = examples;
        this.transform = transform;
        // The key itself is spent on the order, where a data set spends it, too.
        this.changes = key.fold(-1);
        this.batchSize = batchSize;
        this.order = key.permutation(examples.size());
    }

    int count() {
        return Math.ceilDiv(order.length, batchSize);
    }

    Batch make(int index) {
        int from = index * batchSize;
        // Not from + batchSize: that may exceed an int.
        int to = from + Math.min(batchSize, order.length - from);
        List<Key> keys = IntStream.range(from, to).mapToObj(changes::fold).toList();
        return transform.apply(examples.batch(Arrays.copyOfRange(order, from, to)), keys);
    }
}
