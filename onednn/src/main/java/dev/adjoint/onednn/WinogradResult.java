package dev.adjoint.onednn;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The way of the products of a block of tiles to the images they are of: `Aᵀ·m·A` of each tile and channel. Images have their
/// channels last.
final class WinogradResult {
    private final WinogradTiles tiles;
    private final int channels;
    private final int length;

    WinogradResult(WinogradTiles tiles, int channels) {
        this.tiles = tiles;
        this.channels = channels;
        this.length = tiles.columns().tiles() * channels;
    }

    /// Writes the pixels of a strip, and says whether all are finite. It may say no where they are very large.
    boolean run(MemorySegment from, int strip, float[] y, WinogradLines lines) {
        MinimalFiltering across = tiles.columns().filtering();
        int step = tiles.rows().step();
        Arrays.fill(lines.check, 0, length, 0);
        for (int index = strip * tiles.rowsPerStrip(); index < Math.min(tiles.end(strip), tiles.count()); index++) {
            down(from, index, lines);
            int top = step * tiles.row(index);
            for (int i = 0; i < Math.min(step, tiles.rows().to() - top); i++) {
                across.result(lines.half[i], lines.to, length);
                across.check(lines.to, lines.check, length);
                write(y, tiles.image(index) * tiles.rows().to() + top + i, lines.to);
            }
        }
        return Guarded.isFinite(lines.checkBits, 0, length);
    }

    private void down(MemorySegment from, int index, WinogradLines lines) {
        int wide = tiles.columns().tile();
        for (int j = 0; j < wide; j++) {
            float[][] products = lines.from[0];
            for (int i = 0; i < tiles.rows().tile(); i++) {
                Scratch.copy(from, tiles.place(wide * i + j, index) * channels, products[i], 0, length);
            }
            for (int i = 0; i < tiles.rows().step(); i++) {
                lines.column[i] = lines.half[i][j];
            }
            tiles.rows().filtering().result(products, lines.column, length);
        }
    }

    /// A row of pixels of all images.
    private void write(float[] y, int row, float[][] lines) {
        int step = tiles.columns().step();
        int length = tiles.columns().to() * channels;
        int rest = 0;
        int tile = 0;
        for (int at = row * length; at < (row + 1) * length; at += channels) {
            System.arraycopy(lines[rest], tile, y, at, channels);
            rest++;
            if (rest == step) {
                rest = 0;
                tile += channels;
            }
        }
    }
}
