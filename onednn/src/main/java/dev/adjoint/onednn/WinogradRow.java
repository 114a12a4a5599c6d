package dev.adjoint.onednn;

import java.util.Arrays;

/// A row of pixels whose channels lie last, parted by the remainder of the place: what neighbouring tiles read at the same place
/// then lies side by side.
///
/// @param results pixels from one tile to the next
/// @param places of a row, with padding
/// @param channels of a pixel
record WinogradRow(int results, int places, int channels) {
    /// Reads pixels to the places from one up to another; the others are padding.
    ///
    /// @param at where the numbers of the first begin
    void read(float[] x, int at, int from, int to, float[][] row) {
        clear(row, 0, from);
        int rest = from % results;
        int tile = from / results * channels;
        for (int next = at; next < at + (to - from) * channels; next += channels) {
            System.arraycopy(x, next, row[rest], tile, channels);
            rest++;
            if (rest == results) {
                rest = 0;
                tile += channels;
            }
        }
        clear(row, to, places);
    }

    void clear(float[][] row) {
        clear(row, 0, places);
    }

    private void clear(float[][] row, int from, int to) {
        for (int place = from; place < to; place++) {
            int at = place / results * channels;
            Arrays.fill(row[place % results], at, at + channels, 0);
        }
    }
}
