package dev.adjoint.onednn;

import java.lang.foreign.MemorySegment;

/// The way of a convolution's cotangent into the sixteen planes of a block of tiles: `A·y·Aᵀ` of each tile and channel, the
/// transpose of [WinogradResult]. Images have their channels last. Not for two threads at once.
final class WinogradCotangent {
    private static final int TILE = MinimalFiltering.TILE;
    private static final int RESULTS = MinimalFiltering.RESULTS;

    private final WinogradTiles tiles;
    private final int channels;
    private final int length;
    private final WinogradRow[] rows = new WinogradRow[RESULTS];
    private final float[][] even = new float[RESULTS][];
    private final float[][] odd = new float[RESULTS][];
    private final float[][] evenDown;
    private final float[][] oddDown;
    private final float[][] places = new float[RESULTS][];
    private final float[][] across;

    WinogradCotangent(WinogradTiles tiles, int channels) {
        this.tiles = tiles;
        this.channels = channels;
        this.length = tiles.columns().tiles() * channels;
        for (int row = 0; row < RESULTS; row++) {
            rows[row] = new WinogradRow(tiles.columns().tiles(), channels);
            even[row] = rows[row].even();
            odd[row] = rows[row].odd();
        }
        this.evenDown = MinimalFiltering.lines(TILE, length);
        this.oddDown = MinimalFiltering.lines(TILE, length);
        this.across = MinimalFiltering.lines(TILE, length);
    }

    /// Writes a strip to the planes of its block, which lie one after the other; rows of tiles that are missing in the last
    /// block are zero.
    void run(float[] y, int strip, MemorySegment to) {
        int from = strip * tiles.rowsPerStrip();
        int end = from + tiles.rowsPerStrip();
        for (int index = from; index < (tiles.isOneBlock() ? Math.min(end, tiles.count()) : end); index++) {
            for (int row = 0; row < RESULTS; row++) {
                pixels(y, index, row);
            }
            MinimalFiltering.cotangent(even, evenDown, length);
            MinimalFiltering.cotangent(odd, oddDown, length);
            across(index, to);
        }
    }

    private void pixels(float[] y, int index, int row) {
        int height = tiles.rows().to();
        int width = tiles.columns().to();
        int place = RESULTS * tiles.row(index) + row;
        if (index >= tiles.count() || place >= height) {
            rows[row].clear();
            return;
        }
        rows[row].read(y, (tiles.image(index) * height + place) * width * channels, 0, width);
    }

    private void across(int index, MemorySegment to) {
        for (int i = 0; i < TILE; i++) {
            places[0] = evenDown[i];
            places[1] = oddDown[i];
            MinimalFiltering.cotangent(places, across, length);
            for (int j = 0; j < TILE; j++) {
                Scratch.copy(across[j], 0, to, tiles.place(TILE * i + j, index) * channels, length);
            }
        }
    }
}
