package dev.adjoint.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Parts of some work that several threads take one after the other, until none is left.
///
/// Whoever wants the result works too and waits only for parts that others have begun, so a helper that the pool starts
/// late, or never, holds nobody up.
final class Parts {
    private final int count;
    private final IntConsumer part;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Parts(int count, IntConsumer part) {
        this.count = count;
        this.part = part;
        this.open = new CountDownLatch(count);
    }

    /// Takes parts until none is left.
    void work() {
        for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            try {
                if (failure.get() == null) {
                    part.accept(i);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                open.countDown();
            }
        }
    }

    /// Waits for the parts that other threads have begun.
    ///
    /// A kernel has no half-done result to hand out, so an interrupt is kept for the caller and does not end the wait.
    void await() {
        boolean interrupted = false;
        while (open.getCount() > 0) {
            try {
                open.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (RuntimeException) thrown;
        }
    }
}
