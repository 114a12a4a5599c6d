package dev.adjoint.data;

import dev.adjoint.tensor.InvalidArgument;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;

/// The rows of a data set in a given order, cut into batches when they are asked for.
final class Batches extends AbstractList<Batch> implements RandomAccess {
    private final Dataset dataset;
    private final int[] order;
    private final int batchSize;

    Batches(Dataset dataset, int[] order, int batchSize) {
        if (batchSize < 1) {
            throw new InvalidArgument("the batch size must be at least 1, not " + batchSize);
        }
        this.dataset = dataset;
        this.order = order;
        this.batchSize = batchSize;
    }

    @Override
    public Batch get(int index) {
        int from = Objects.checkIndex(index, size()) * batchSize;
        // Not from + batchSize: that may exceed an int.
        int length = Math.min(batchSize, order.length - from);
        return dataset.batch(Arrays.copyOfRange(order, from, from + length));
    }

    @Override
    public int size() {
        return Math.ceilDiv(order.length, batchSize);
    }
}
