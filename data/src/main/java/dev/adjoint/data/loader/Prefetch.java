package dev.adjoint.data.loader;

import dev.adjoint.data.Batch;
import dev.adjoint.tensor.AdjointException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/// A window that slides over the batches of an epoch: those in it are being made or wait to be used. No thread waits for room
/// in it, so nothing is left behind when the iterator is dropped.
final class Prefetch implements Iterator<Batch> {
    private final Epoch epoch;
    private final Semaphore workers;
    private final int ahead;
    private final Queue<FutureTask<Batch>> window = new ArrayDeque<>();
    private int begun;

    Prefetch(Epoch epoch, int first, int ahead, int workers) {
        this.epoch = epoch;
        this.begun = first;
        this.ahead = ahead;
        // Fair: the batch that is needed first is made first.
        this.workers = new Semaphore(workers, true);
    }

    @Override
    public boolean hasNext() {
        return !window.isEmpty() || begun < epoch.count();
    }

    @Override
    public Batch next() {
        fill();
        FutureTask<Batch> first = window.poll();
        if (first == null) {
            throw new NoSuchElementException("the epoch has no more batches");
        }
        Batch batch = get(first);
        fill();
        return batch;
    }

    private void fill() {
        while (window.size() < ahead && begun < epoch.count()) {
            int index = begun++;
            FutureTask<Batch> task = new FutureTask<>(() -> make(index));
            window.add(task);
            Thread.ofVirtual().name("loader-" + index).start(task);
        }
    }

    private Batch make(int index) throws InterruptedException {
        workers.acquire();
        try {
            return epoch.make(index);
        } finally {
            workers.release();
        }
    }

    private static Batch get(FutureTask<Batch> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new AdjointException("a batch could not be loaded", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdjointException("loading was interrupted", e);
        }
    }
}
