package dev.adjoint.run;

import java.io.Serial;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Parts of some work that several threads take one after the other, until none is left; used for one piece of work after the
/// other, so that none allocates anything.
///
/// Whoever wants the result works too and waits only for parts that others have begun, so a worker that the pool starts
/// late, or never, holds nobody up.
final class Parts {
    /// The number of parts in the upper half, and in the lower one the next of them. They are read together, so that a worker
    /// who comes late to one piece of work and meets the next takes a part of that one, or none.
    private final AtomicLong next = new AtomicLong();

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> waiting = new AtomicReference<>();
    private final ForkJoinPool pool;
    private final Worker[] workers;

    /// Read only by who has taken a part, and not replaced before that part is done.
    private volatile IntConsumer part = Parts::nothing;

    /// @param most the most threads besides the caller
    Parts(ForkJoinPool pool, int most) {
        this.pool = pool;
        this.workers = new Worker[most];
        Arrays.setAll(workers, _ -> new Worker(this));
    }

    /// Runs all parts, in any order, and returns when they are done.
    void run(int count, IntConsumer work) {
        part = work;
        open.set(count);
        next.set((long) count << Integer.SIZE);
        try {
            for (int i = 0; i < Math.min(workers.length, count - 1); i++) {
                workers[i].call(pool);
            }
        } finally {
            work();
            await();
            part = Parts::nothing; // lets go of what it holds
        }
        rethrow(failure.getAndSet(null));
    }

    /// Takes parts until none is left.
    private void work() {
        for (long taken = next.getAndIncrement(); isPart(taken); taken = next.getAndIncrement()) {
            try {
                if (failure.get() == null) {
                    part.accept((int) taken);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                if (open.decrementAndGet() == 0) {
                    LockSupport.unpark(waiting.get());
                }
            }
        }
    }

    private static void nothing(int part) {}

    private static boolean isPart(long taken) {
        return (int) taken < (int) (taken >>> Integer.SIZE);
    }

    /// Waits for the parts that other threads have begun.
    ///
    /// A kernel has no half-done result to hand out, so an interrupt is kept for the caller and does not end the wait.
    private void await() {
        if (open.get() == 0) {
            return;
        }
        boolean interrupted = false;
        waiting.set(Thread.currentThread());
        while (open.get() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        waiting.set(null);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (RuntimeException) thrown;
        }
    }

    /// A task of the pool that can be handed to it again and again, because it never says that it is complete.
    private static final class Worker extends ForkJoinTask<Void> {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Parts parts;

        /// Whether the pool has it and has not begun: then it will meet the work of now.
        private final transient AtomicBoolean called = new AtomicBoolean();

        Worker(Parts parts) {
            this.parts = parts;
        }

        void call(ForkJoinPool pool) {
            if (called.compareAndSet(false, true)) {
                pool.execute(this);
            }
        }

        @Override
        protected boolean exec() {
            called.set(false);
            parts.work();
            return false;
        }

        @Override
        public @Nullable Void getRawResult() {
            return null;
        }

        @Override
        protected void setRawResult(@Nullable Void nothing) {
            // there is none
        }
    }
}
