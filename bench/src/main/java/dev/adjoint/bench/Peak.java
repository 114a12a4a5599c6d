package dev.adjoint.bench;

import dev.adjoint.run.Workers;

/// What this machine can do at most, measured beside what it is compared with: other work on the machine changes both.
final class Peak {
    /// 16 KiB: the first-level cache holds it.
    private static final int FLOATS = 4096;

    /// Multiplications with an addition between a load and a store.
    private static final int DEPTH = 16;

    private static final int PASSES = 100;
    private static final int PARTS_PER_THREAD = 4;

    private Peak() {}

    /// Billions of float32 operations a second on all workers: a chain of multiplications and additions for every element of
    /// an array that stays in the first-level cache.
    static double gigaflops(Workers workers, Stopwatch watch) {
        int parts = PARTS_PER_THREAD * workers.threads();
        float[][] numbers = new float[parts][FLOATS];
        double nanoseconds = watch.nanoseconds(() -> workers.run(parts, part -> {
            for (int pass = 0; pass < PASSES; pass++) {
                chain(numbers[part]);
            }
        }));
        return 2.0 * DEPTH * FLOATS * PASSES * parts / nanoseconds;
    }

    private static void chain(float[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            float x = numbers[i];
            x = Math.fma(Math.fma(Math.fma(Math.fma(x, 0.5f, 1f), 0.5f, 1f), 0.5f, 1f), 0.5f, 1f);
            x = Math.fma(Math.fma(Math.fma(Math.fma(x, 0.5f, 1f), 0.5f, 1f), 0.5f, 1f), 0.5f, 1f);
            x = Math.fma(Math.fma(Math.fma(Math.fma(x, 0.5f, 1f), 0.5f, 1f), 0.5f, 1f), 0.5f, 1f);
            x = Math.fma(Math.fma(Math.fma(Math.fma(x, 0.5f, 1f), 0.5f, 1f), 0.5f, 1f), 0.5f, 1f);
            numbers[i] = x;
        }
    }

    /// Billions of bytes a second, read and written, of copying so many floats on all workers.
    static double copyGigabytes(int floats, Workers workers, Stopwatch watch) {
        float[] from = new float[floats];
        float[] to = new float[floats];
        int parts = PARTS_PER_THREAD * workers.threads();
        int piece = Math.ceilDiv(floats, parts);
        double nanoseconds = watch.nanoseconds(() -> workers.run(parts, part -> {
            int start = Math.min(floats, part * piece);
            System.arraycopy(from, start, to, start, Math.min(piece, floats - start));
        }));
        return 2.0 * Float.BYTES * floats / nanoseconds;
    }
}
