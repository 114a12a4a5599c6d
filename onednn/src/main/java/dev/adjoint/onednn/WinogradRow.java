package dev.adjoint.onednn;

import java.util.Arrays;

/// A row of pixels whose channels lie last, those of even places and those of odd ones apart: what neighbouring tiles read at the
/// same place then lies side by side. Places that are never read stay zero: they are padding.
final class WinogradRow {
    private final float[] even;
    private final float[] odd;
    private final int channels;

    /// @param tiles pairs of places
    /// @param channels of a pixel
    WinogradRow(int tiles, int channels) {
        float[][] lines = MinimalFiltering.lines(2, tiles * channels);
        this.even = lines[0];
        this.odd = lines[1];
        this.channels = channels;
    }

    float[] even() {
        return even;
    }

    float[] odd() {
        return odd;
    }

    void clear() {
        Arrays.fill(even, 0);
        Arrays.fill(odd, 0);
    }

    /// Reads pixels to the places from one up to another.
    ///
    /// @param at where the numbers of the first begin
    void read(float[] x, int at, int from, int to) {
        int next = at;
        for (int place = from; place < to; place++) {
            System.arraycopy(x, next, (place & 1) == 0 ? even : odd, (place >> 1) * channels, channels);
            next += channels;
        }
    }
}
