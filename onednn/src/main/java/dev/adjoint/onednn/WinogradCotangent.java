package dev.adjoint.onednn;

import java.lang.foreign.MemorySegment;

/// The way of a convolution's cotangent into the planes of a block of tiles: `A·y·Aᵀ` of each tile and channel, the transpose of
/// [WinogradResult]. Images have their channels last.
final class WinogradCotangent {
    private final WinogradTiles tiles;
    private final int channels;
    private final int length;
    private final WinogradRow row;

    WinogradCotangent(WinogradTiles tiles, int channels) {
        this.tiles = tiles;
        this.channels = channels;
        this.length = tiles.columns().tiles() * channels;
        int step = tiles.columns().step();
        this.row = new WinogradRow(step, tiles.columns().tiles() * step, channels);
    }

    /// Writes a strip to the planes of its block, which lie one after the other; rows of tiles that are missing in the last
    /// block are zero.
    void run(float[] y, int strip, MemorySegment to, WinogradLines lines) {
        for (int index = strip * tiles.rowsPerStrip(); index < tiles.end(strip); index++) {
            for (int i = 0; i < tiles.rows().step(); i++) {
                pixels(y, index, i, lines.from[i]);
            }
            down(lines);
            across(index, to, lines);
        }
    }

    private void pixels(float[] y, int index, int i, float[][] to) {
        int height = tiles.rows().to();
        int width = tiles.columns().to();
        int place = tiles.rows().step() * tiles.row(index) + i;
        if (index >= tiles.count() || place >= height) {
            row.clear(to);
            return;
        }
        row.read(y, (tiles.image(index) * height + place) * width * channels, 0, width, to);
    }

    private void down(WinogradLines lines) {
        for (int j = 0; j < tiles.columns().step(); j++) {
            for (int i = 0; i < tiles.rows().step(); i++) {
                lines.column[i] = lines.from[i][j];
            }
            tiles.rows().filtering().cotangent(lines.column, lines.half[j], length);
        }
    }

    private void across(int index, MemorySegment to, WinogradLines lines) {
        int wide = tiles.columns().tile();
        for (int i = 0; i < tiles.rows().tile(); i++) {
            for (int j = 0; j < tiles.columns().step(); j++) {
                lines.column[j] = lines.half[j][i];
            }
            tiles.columns().filtering().cotangent(lines.column, lines.to, length);
            for (int j = 0; j < wide; j++) {
                Scratch.copy(lines.to[j], 0, to, tiles.place(wide * i + j, index) * channels, length);
            }
        }
    }
}
