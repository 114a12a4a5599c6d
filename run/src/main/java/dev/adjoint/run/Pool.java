package dev.adjoint.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Objects that one user at a time works with, kept for the next: as many as ever were in use at once. When there are enough,
/// borrowing and giving back allocates nothing, as a linked queue would.
///
/// Any number of threads may use a pool at once.
///
/// @param <T> what is lent
public final class Pool<T> {
    private final Supplier<? extends T> make;

    /// What came back last: most users are alone, and this is the shortest way to it.
    private final AtomicReference<@Nullable T> latest = new AtomicReference<>();

    private final Deque<T> others = new ArrayDeque<>();

    /// @param make makes one more
    public Pool(Supplier<? extends T> make) {
        this.make = make;
    }

    /// One that nobody else uses until it is given back; it may hold anything from its last use.
    public T borrow() {
        T last = latest.getAndSet(null);
        if (last != null) {
            return last;
        }
        T other = other();
        return other == null ? make.get() : other;
    }

    private @Nullable T other() {
        synchronized (others) {
            return others.poll();
        }
    }

    /// Lets others use one.
    public void giveBack(T used) {
        if (!latest.compareAndSet(null, used)) {
            synchronized (others) {
                others.push(used);
            }
        }
    }
}
