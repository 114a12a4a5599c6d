package dev.adjoint.onednn;

import dev.adjoint.onednn.Port.Pieces;
import dev.adjoint.onednn.Port.Plain;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;

/// The way of the weights into sixteen matrices, `G·w·Gᵀ` of each pair of channels: `[16,depth,columns]`, where the depth are the
/// channels that are read.
final class WinogradFilter {
    private static final int TILE = MinimalFiltering.TILE;
    private static final int TAPS = MinimalFiltering.TAPS;
    private static final int SQUARE = TAPS * TAPS;

    /// Numbers of a matrix that are written at a time.
    private static final int PART = 1 << 12;

    private final boolean isTransposed;
    private final int depth;
    private final int columns;
    private final int step;
    private final Port port;
    private final Workers workers;
    private final Pool<Lines> idle = new Pool<>(this::lines);

    /// What one thread needs.
    private static final class Lines {
        final float[][] taps;
        final float[][] row = new float[TAPS][];
        final float[][][] down = new float[TAPS][][];
        final float[][] across;

        Lines(int length) {
            taps = MinimalFiltering.lines(SQUARE, length);
            for (int j = 0; j < TAPS; j++) {
                down[j] = MinimalFiltering.lines(TILE, length);
            }
            across = MinimalFiltering.lines(TILE, length);
        }
    }

    /// @throws IllegalStateException if the library cannot change the order of the weights
    WinogradFilter(Dnnl dnnl, Direction direction, Images images, Workers workers) {
        Shape w = images.w();
        this.isTransposed = direction == Direction.INPUT;
        this.depth = (int) w.dim(isTransposed ? 0 : 1);
        this.columns = (int) w.dim(isTransposed ? 1 : 0);
        this.step = step(depth, PART / columns);
        this.workers = workers;
        Natives natives = new Natives(this, dnnl);
        long[] strides = isTransposed
                ? new long[] {1, (long) SQUARE * columns, SQUARE}
                : new long[] {1, SQUARE, (long) SQUARE * step};
        Shape part = Shape.of(SQUARE, step, columns);
        MemorySegment tensor = natives.own("dnnl_memory_desc_destroy", dnnl.tensor(part.dims(), part.strides()));
        this.port = new Port(dnnl, natives, new Plain(part, strides), tensor);
    }

    /// Rows of a matrix that are written at a time: they divide all.
    static int step(int rows, int most) {
        int step = Math.clamp(most, 1, rows);
        while (rows % step != 0) {
            step--;
        }
        return step;
    }

    private Lines lines() {
        return new Lines(step * columns);
    }

    /// The matrices, in borrowed memory.
    MemorySegment run(float[] w) {
        MemorySegment to = Scratch.SHARED.borrow((long) TILE * TILE * depth * columns);
        workers.run(depth / step, part -> {
            MemorySegment taps = port.in(w, pieces(part * step));
            Lines lines = idle.borrow();
            filter(lines, taps, to, part * step * columns);
            idle.giveBack(lines);
            Scratch.SHARED.giveBack(taps);
        });
        return to;
    }

    private Pieces pieces(int from) {
        int length = SQUARE * step;
        return isTransposed
                ? new Pieces(SQUARE * columns * from, 1, length * columns, 0)
                : new Pieces(SQUARE * from, columns, length, SQUARE * depth);
    }

    private void filter(Lines lines, MemorySegment taps, MemorySegment to, int at) {
        int length = step * columns;
        for (int tap = 0; tap < SQUARE; tap++) {
            // the transpose by the input reads the taps from the last to the first
            int place = isTransposed ? SQUARE - 1 - tap : tap;
            Scratch.copy(taps, (long) place * length, lines.taps[tap], 0, length);
        }
        for (int j = 0; j < TAPS; j++) {
            for (int i = 0; i < TAPS; i++) {
                lines.row[i] = lines.taps[TAPS * i + j];
            }
            MinimalFiltering.filter(lines.row, lines.down[j], length);
        }
        for (int i = 0; i < TILE; i++) {
            for (int j = 0; j < TAPS; j++) {
                lines.row[j] = lines.down[j][i];
            }
            MinimalFiltering.filter(lines.row, lines.across, length);
            for (int j = 0; j < TILE; j++) {
                Scratch.copy(lines.across[j], 0, to, ((long) TILE * i + j) * depth * columns + at, length);
            }
        }
    }
}
