package dev.adjoint.onednn;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The way of the sixteen products of a block of tiles to the images of the result, whose channels lie last: `Aᵀ·m·A` of each
/// tile and channel. Not for two threads at once.
final class WinogradResult {
    private static final int TILE = MinimalFiltering.TILE;
    private static final int RESULTS = MinimalFiltering.RESULTS;

    private final WinogradTiles tiles;
    private final int channels;
    private final int length;
    private final float[][] products;

    /// By rows of pixels and places of products.
    private final float[][][] down = new float[RESULTS][][];

    private final float[][] column = new float[RESULTS][];
    private final float[][] across;

    /// Zero as long as all results are finite.
    private final float[] check;

    private final MemorySegment checkBits;

    WinogradResult(WinogradTiles tiles, int channels) {
        this.tiles = tiles;
        this.channels = channels;
        this.length = tiles.columns().tiles() * channels;
        this.products = MinimalFiltering.lines(TILE, length);
        for (int row = 0; row < RESULTS; row++) {
            down[row] = MinimalFiltering.lines(TILE, length);
        }
        this.across = MinimalFiltering.lines(RESULTS, length);
        this.check = MinimalFiltering.lines(1, length)[0];
        this.checkBits = MemorySegment.ofArray(check);
    }

    /// Writes the pixels of a strip, and says whether all are finite. It may say no where they are very large.
    boolean run(MemorySegment from, int strip, float[] y) {
        Arrays.fill(check, 0);
        int first = strip * tiles.rowsPerStrip();
        for (int index = first; index < Math.min(first + tiles.rowsPerStrip(), tiles.count()); index++) {
            down(from, index);
            int top = RESULTS * tiles.row(index);
            for (int i = 0; i < Math.min(RESULTS, tiles.rows().to() - top); i++) {
                MinimalFiltering.result(down[i], across, length);
                MinimalFiltering.check(across, check, length);
                write(y, tiles.image(index) * tiles.rows().to() + top + i);
            }
        }
        return Guarded.isFinite(checkBits, 0, length);
    }

    private void down(MemorySegment from, int index) {
        for (int j = 0; j < TILE; j++) {
            for (int i = 0; i < TILE; i++) {
                Scratch.copy(from, tiles.place(TILE * i + j, index) * channels, products[i], 0, length);
            }
            for (int i = 0; i < RESULTS; i++) {
                column[i] = down[i][j];
            }
            MinimalFiltering.result(products, column, length);
        }
    }

    /// A row of pixels of all images.
    private void write(float[] y, int row) {
        int width = tiles.columns().to();
        int at = row * width * channels;
        for (int column = 0; column < width; column++) {
            System.arraycopy(across[column & 1], (column >> 1) * channels, y, at, channels);
            at += channels;
        }
    }
}
