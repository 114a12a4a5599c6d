package dev.adjoint.onednn;

import java.lang.foreign.MemorySegment;

/// The way of images into the sixteen planes of a block of tiles, one for every product of a tile: `Bᵀ·x·B` of each tile and
/// channel. Images have their channels last. Not for two threads at once.
final class WinogradData {
    private static final int TILE = MinimalFiltering.TILE;

    private final WinogradTiles tiles;
    private final int channels;

    /// Numbers of a line: a place of all tiles of a row.
    private final int length;

    /// The rows of pixels that a row of tiles reads, of one tile more.
    private final WinogradRow[] rows = new WinogradRow[TILE];

    private final float[][] even = new float[TILE][];
    private final float[][] odd = new float[TILE][];
    private final float[][] evenDown;
    private final float[][] oddDown;

    /// The places of a tile along a row, and what becomes of them.
    private final float[][] places = new float[TILE][];

    private final float[][] across;
    private final float[][] next;

    WinogradData(WinogradTiles tiles, int channels) {
        this.tiles = tiles;
        this.channels = channels;
        this.length = tiles.columns().tiles() * channels;
        for (int row = 0; row < TILE; row++) {
            rows[row] = new WinogradRow(tiles.columns().tiles() + 1, channels);
        }
        this.evenDown = MinimalFiltering.lines(TILE, length + channels);
        this.oddDown = MinimalFiltering.lines(TILE, length + channels);
        this.across = MinimalFiltering.lines(TILE, length);
        this.next = MinimalFiltering.lines(2, length);
    }

    /// Writes a strip to the planes of its block, which lie one after the other; rows of tiles that are missing in the last
    /// block are zero.
    void run(float[] x, int strip, MemorySegment to) {
        int from = strip * tiles.rowsPerStrip();
        for (int index = from; index < from + tiles.rowsPerStrip(); index++) {
            if (index < tiles.count()) {
                read(x, index, index > from && tiles.row(index) > 0);
            } else if (!tiles.isOneBlock()) {
                clear();
            } else {
                return;
            }
            down();
            across(index, to);
        }
    }

    private void clear() {
        for (WinogradRow pixels : rows) {
            pixels.clear();
        }
    }

    /// The rows of pixels of a row of tiles, the first two of which are the last two of the row above.
    private void read(float[] x, int index, boolean follows) {
        if (follows) {
            exchange(0, 2);
            exchange(1, 3);
        }
        int top = MinimalFiltering.RESULTS * tiles.row(index) - tiles.rows().low();
        for (int row = follows ? 2 : 0; row < TILE; row++) {
            pixels(x, tiles.image(index), top + row, rows[row]);
        }
    }

    private void exchange(int one, int other) {
        WinogradRow row = rows[one];
        rows[one] = rows[other];
        rows[other] = row;
    }

    private void pixels(float[] x, int image, int row, WinogradRow to) {
        int height = tiles.rows().from();
        int width = tiles.columns().from();
        if (row < 0 || row >= height) {
            to.clear();
            return;
        }
        int low = tiles.columns().low();
        int places = 2 * (tiles.columns().tiles() + 1);
        to.read(x, (image * height + row) * width * channels, low, Math.min(width + low, places));
    }

    private void down() {
        for (int row = 0; row < TILE; row++) {
            even[row] = rows[row].even();
            odd[row] = rows[row].odd();
        }
        MinimalFiltering.data(even, evenDown, length + channels);
        MinimalFiltering.data(odd, oddDown, length + channels);
    }

    private void across(int index, MemorySegment to) {
        for (int i = 0; i < TILE; i++) {
            System.arraycopy(evenDown[i], channels, next[0], 0, length);
            System.arraycopy(oddDown[i], channels, next[1], 0, length);
            places[0] = evenDown[i];
            places[1] = oddDown[i];
            places[2] = next[0];
            places[3] = next[1];
            MinimalFiltering.data(places, across, length);
            for (int j = 0; j < TILE; j++) {
                Scratch.copy(across[j], 0, to, tiles.place(TILE * i + j, index) * channels, length);
            }
        }
    }
}
