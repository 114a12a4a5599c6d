package dev.adjoint.onednn;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Arrays of one length that threads borrow while they work: as many are made as ever work at once.
final class Scratch {
    private final int length;
    private final Queue<float[]> free = new ConcurrentLinkedQueue<>();

    Scratch(long length) {
        this.length = Math.toIntExact(length);
    }

    /// An array of whatever it held last.
    float[] borrow() {
        float[] array = free.poll();
        return array == null ? new float[length] : array;
    }

    void giveBack(float[] array) {
        free.add(array);
    }
}
