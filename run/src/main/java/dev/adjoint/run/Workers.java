package dev.adjoint.run;

import dev.adjoint.tensor.InvalidArgument;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;

/// The threads that kernels may use.
///
/// A kernel splits its work into parts by the size of the work alone, never by the number of threads, so the bits of
/// the result do not depend on it.
public final class Workers {
    private static final Workers ALL = new Workers(Runtime.getRuntime().availableProcessors());

    private final int threads;
    private final Pool<Parts> idle;

    private Workers(int threads) {
        this.threads = threads;
        ForkJoinPool pool = new ForkJoinPool(threads);
        this.idle = new Pool<>(() -> new Parts(pool, threads - 1));
    }

    /// One thread for every processor.
    public static Workers all() {
        return ALL;
    }

    /// The given number of threads.
    ///
    /// @throws InvalidArgument if it is below 1 or above the number of processors
    public static Workers of(int threads) {
        int processors = Runtime.getRuntime().availableProcessors();
        if (threads < 1 || threads > processors) {
            throw new InvalidArgument(
                    "threads must lie between 1 and " + processors + ", the number of processors, not at " + threads);
        }
        return threads == processors ? ALL : new Workers(threads);
    }

    public int threads() {
        return threads;
    }

    /// Runs the parts 0 … parts − 1, in any order, and returns when all are done. The calling thread is one of the
    /// workers.
    ///
    /// A part's exception ends the run: parts that have not begun are left out, and it is thrown here.
    public void run(int parts, IntConsumer part) {
        if (threads == 1 || parts <= 1) {
            for (int i = 0; i < parts; i++) {
                part.accept(i);
            }
            return;
        }
        Parts shared = idle.borrow();
        try {
            shared.run(parts, part);
        } finally {
            idle.giveBack(shared);
        }
    }
}
