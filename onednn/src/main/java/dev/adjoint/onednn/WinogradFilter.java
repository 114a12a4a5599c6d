package dev.adjoint.onednn;

import dev.adjoint.onednn.Port.Pieces;
import dev.adjoint.onednn.Port.Plain;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;

/// The way of the weights into a matrix for every product of a tile, `G·w·Gᵀ` of each pair of channels:
/// `[products,depth,columns]`, where the depth are the channels that are read.
final class WinogradFilter {
    private static final int TAPS = MinimalFiltering.TAPS;
    private static final int SQUARE = TAPS * TAPS;

    /// Numbers of a matrix that a thread writes.
    private static final int PART = 1 << 12;

    /// Numbers of a line.
    static final int LINE = 1 << 10;

    private final WinogradTiles tiles;
    private final boolean isTransposed;
    private final int depth;
    private final int columns;
    private final int step;
    private final Port port;
    private final Workers workers;

    /// @throws IllegalStateException if the library cannot change the order of the weights
    WinogradFilter(Dnnl dnnl, WinogradTiles tiles, Direction direction, Images images, Workers workers) {
        this.tiles = tiles;
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

    /// The matrices, in borrowed memory.
    MemorySegment run(float[] w) {
        MemorySegment to = Scratch.SHARED.borrow((long) tiles.products() * depth * columns);
        workers.run(depth / step, part -> {
            MemorySegment taps = port.in(w, pieces(part * step));
            filter(taps, to, part * step * columns);
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

    private void filter(MemorySegment taps, MemorySegment to, int at) {
        int part = step * columns;
        WinogradLines lines = WinogradLines.borrow(Math.min(LINE, part));
        for (int from = 0; from < part; from += LINE) {
            int length = Math.min(LINE, part - from);
            for (int i = 0; i < TAPS; i++) {
                for (int j = 0; j < TAPS; j++) {
                    // the transpose by the input reads the taps from the last to the first
                    int tap = isTransposed ? SQUARE - 1 - (TAPS * i + j) : TAPS * i + j;
                    Scratch.copy(taps, (long) tap * part + from, lines.from[j][i], 0, length);
                }
            }
            filter(lines, to, at + from, length);
        }
        lines.giveBack();
    }

    private void filter(WinogradLines lines, MemorySegment to, int at, int length) {
        int wide = tiles.columns().tile();
        for (int j = 0; j < TAPS; j++) {
            tiles.rows().filtering().filter(lines.from[j], lines.half[j], length);
        }
        for (int i = 0; i < tiles.rows().tile(); i++) {
            for (int j = 0; j < TAPS; j++) {
                lines.column[j] = lines.half[j][i];
            }
            tiles.columns().filtering().filter(lines.column, lines.to, length);
            for (int j = 0; j < wide; j++) {
                Scratch.copy(lines.to[j], 0, to, ((long) wide * i + j) * depth * columns + at, length);
            }
        }
    }
}
