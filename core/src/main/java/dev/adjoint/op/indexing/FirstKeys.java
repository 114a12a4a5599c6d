package dev.adjoint.op.indexing;

/// The smallest of some keys, of equal ones the first. A heap holds as many as are wanted, the last of them on top, where
/// the next one has to pass it.
final class FirstKeys {
    private final long[] keys;
    private final int[] heap;
    private int size;

    FirstKeys(long[] keys, int count) {
        this.keys = keys;
        heap = new int[count];
    }

    /// Their indices, the smallest key first.
    int[] indices() {
        for (int i = 0; i < keys.length; i++) {
            add(i);
        }
        int[] first = new int[heap.length];
        for (int place = first.length - 1; place >= 0; place--) {
            first[place] = heap[0];
            size--;
            sink(heap[size]);
        }
        return first;
    }

    private void add(int index) {
        if (size < heap.length) {
            rise(index);
        } else if (size > 0 && keys[index] < keys[heap[0]]) { // what is equal comes later, and stays out
            sink(index);
        }
    }

    private void rise(int index) {
        int place = size++;
        while (place > 0 && isAfter(index, heap[(place - 1) / 2])) {
            heap[place] = heap[(place - 1) / 2];
            place = (place - 1) / 2;
        }
        heap[place] = index;
    }

    /// Puts an index in the place of the top.
    private void sink(int index) {
        int place = 0;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && isAfter(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isAfter(heap[child], index)) {
                break;
            }
            heap[place] = heap[child];
            place = child;
        }
        heap[place] = index;
    }

    private boolean isAfter(int index, int other) {
        return keys[index] > keys[other] || (keys[index] == keys[other] && index > other);
    }
}
