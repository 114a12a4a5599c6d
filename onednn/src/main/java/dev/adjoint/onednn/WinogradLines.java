package dev.adjoint.onednn;

import dev.adjoint.run.Pool;
import java.lang.foreign.MemorySegment;

/// The lines on which a thread filters, and lists to name some of them in order. All kernels of the process share them, as they
/// do [Scratch]: they show in nothing but time.
final class WinogradLines {
    private static final Pool<WinogradLines> IDLE = new Pool<>(WinogradLines::new);

    /// Places of the largest tile along an axis.
    private static final int TILE = WinogradTiles.FOUR.tile();

    /// Floats of a line of a cache, and of the head of an array.
    private static final int CACHE_LINE = 16;

    private static final int HEAD = 4;

    /// What is read, by rows and columns of a tile.
    final float[][][] from = new float[TILE][TILE][];

    /// What one axis has been filtered of.
    final float[][][] half = new float[TILE][TILE][];

    /// What both axes have been filtered of.
    final float[][] to = new float[TILE][];

    final float[][] more = new float[2][];

    /// Zero as long as all numbers are finite.
    float[] check = new float[0];

    /// The same: of a loop over it the compiler of the JVM makes vectors.
    MemorySegment checkBits = MemorySegment.NULL;

    /// Names lines of [#from] or [#half].
    final float[][] column = new float[TILE][];

    private int length;

    private WinogradLines() {}

    /// Lines that nobody else uses, for rows of tiles and for so many channels at most. A thread keeps them as long as it can: what
    /// another one has used lies in the cache of another processor.
    static WinogradLines borrow(WinogradTiles tiles, int channels) {
        return borrow((tiles.columns().tiles() + 1) * channels);
    }

    /// Lines that nobody else uses, of at least that length.
    static WinogradLines borrow(int length) {
        WinogradLines lines = IDLE.borrow();
        if (lines.length < length) {
            lines.lengthen(length);
        }
        return lines;
    }

    void giveBack() {
        IDLE.giveBack(this);
    }

    private void lengthen(int least) {
        // They lie alike in the lines of the cache where they follow each other in memory: an access then seldom needs
        // two.
        length = Math.ceilDiv(least + HEAD, CACHE_LINE) * CACHE_LINE - HEAD;
        for (int i = 0; i < TILE; i++) {
            renew(from[i]);
            renew(half[i]);
        }
        renew(to);
        renew(more);
        check = new float[length];
        checkBits = MemorySegment.ofArray(check);
    }

    private void renew(float[][] lines) {
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new float[length];
        }
    }
}
