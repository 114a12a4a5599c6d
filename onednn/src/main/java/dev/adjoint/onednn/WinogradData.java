package dev.adjoint.onednn;

import java.lang.foreign.MemorySegment;

/// The way of images into the planes of a block of tiles, one for every product of a tile: `Bᵀ·x·B` of each tile and channel.
/// Images have their channels last.
final class WinogradData {
    /// Places that a tile shares with the next.
    private static final int SHARED = MinimalFiltering.TAPS - 1;

    private final WinogradTiles tiles;
    private final int channels;

    /// Numbers of a line: a place of all tiles of a row.
    private final int length;

    private final WinogradRow row;

    WinogradData(WinogradTiles tiles, int channels) {
        this.tiles = tiles;
        this.channels = channels;
        this.length = tiles.columns().tiles() * channels;
        int step = tiles.columns().step();
        this.row = new WinogradRow(step, tiles.columns().tiles() * step + SHARED, channels);
    }

    /// Writes a strip to the planes of its block, which lie one after the other; rows of tiles that are missing in the last
    /// block are zero.
    void run(float[] x, int strip, MemorySegment to, WinogradLines lines) {
        int from = strip * tiles.rowsPerStrip();
        for (int index = from; index < tiles.end(strip); index++) {
            if (index < tiles.count()) {
                read(x, index, index > from && tiles.row(index) > 0, lines);
            } else {
                clear(lines);
            }
            down(lines);
            across(index, to, lines);
        }
    }

    private void clear(WinogradLines lines) {
        for (int i = 0; i < tiles.rows().tile(); i++) {
            row.clear(lines.from[i]);
        }
    }

    /// The rows of pixels of a row of tiles, the first of which are the last of the row above.
    private void read(float[] x, int index, boolean follows, WinogradLines lines) {
        int step = tiles.rows().step();
        for (int i = 0; i < (follows ? SHARED : 0); i++) {
            float[][] above = lines.from[i];
            lines.from[i] = lines.from[step + i];
            lines.from[step + i] = above;
        }
        int top = step * tiles.row(index) - tiles.rows().low();
        for (int i = follows ? SHARED : 0; i < tiles.rows().tile(); i++) {
            pixels(x, tiles.image(index), top + i, lines.from[i]);
        }
    }

    private void pixels(float[] x, int image, int place, float[][] to) {
        int height = tiles.rows().from();
        int width = tiles.columns().from();
        if (place < 0 || place >= height) {
            row.clear(to);
            return;
        }
        int low = tiles.columns().low();
        row.read(x, (image * height + place) * width * channels, low, Math.min(width + low, row.places()), to);
    }

    private void down(WinogradLines lines) {
        for (int j = 0; j < tiles.columns().step(); j++) {
            for (int i = 0; i < tiles.rows().tile(); i++) {
                lines.column[i] = lines.from[i][j];
            }
            tiles.rows().filtering().data(lines.column, lines.half[j], j < SHARED ? length + channels : length);
        }
    }

    private void across(int index, MemorySegment to, WinogradLines lines) {
        int step = tiles.columns().step();
        int wide = tiles.columns().tile();
        for (int i = 0; i < tiles.rows().tile(); i++) {
            for (int j = 0; j < step; j++) {
                lines.column[j] = lines.half[j][i];
            }
            for (int j = 0; j < SHARED; j++) {
                System.arraycopy(lines.half[j][i], channels, lines.more[j], 0, length);
                lines.column[step + j] = lines.more[j];
            }
            tiles.columns().filtering().data(lines.column, lines.to, length);
            for (int j = 0; j < wide; j++) {
                Scratch.copy(lines.to[j], 0, to, tiles.place(wide * i + j, index) * channels, length);
            }
        }
    }
}
