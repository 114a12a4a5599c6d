package dev.adjoint.jvm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/// Objects that threads borrow while they work, as many as ever worked at once.
final class Pool<T> {
    private final Deque<T> idle = new ArrayDeque<>();
    private final Supplier<T> make;

    Pool(Supplier<T> make) {
        this.make = make;
    }

    T borrow() {
        synchronized (idle) {
            T free = idle.poll();
            if (free != null) {
                return free;
            }
        }
        return make.get();
    }

    void giveBack(T free) {
        synchronized (idle) {
            idle.push(free);
        }
    }
}
