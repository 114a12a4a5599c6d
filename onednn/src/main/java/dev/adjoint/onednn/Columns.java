package dev.adjoint.onednn;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;

/// An image seen through all taps of a window, as a matrix: a row for every channel and tap, a column for every position.
/// Multiplied with the kernel it is the convolution ("im2col", Chellapilla, Puri, Simard, 2006).
final class Columns {
    /// Below this length a loop is faster than a call that copies.
    private static final int SHORT = 16;

    private final int plane;
    private final int lines;
    private final int lineLength;
    private final int taps;
    private final int lastTaps;
    private final int stride;

    /// For every tap of the outer axes and every line of positions: where the line's elements start, or −1 for padding.
    private final int[][] lineStarts;

    /// For every tap of the last axis: the first position that reads an element, one past the last, and what it reads.
    private final int[] first;
    private final int[] end;
    private final int[] start;

    Columns(Images images) {
        Window window = images.window();
        Shape spatial = images.spatial();
        Shape positions = window.positions(spatial, images.taps());
        Window.Axis last = window.axes().getLast();
        this.plane = images.plane();
        this.lineLength = (int) positions.dim(-1);
        this.lines = (int) positions.leading(1).count();
        this.taps = (int) images.taps().count();
        this.lastTaps = (int) images.taps().dim(-1);
        this.stride = (int) last.stride();
        this.lineStarts = new int[taps / lastTaps][lines];
        for (int tap = 0; tap < lineStarts.length; tap++) {
            for (int line = 0; line < lines; line++) {
                lineStarts[tap][line] = lineStart(images, positions, tap, line);
            }
        }
        this.first = new int[lastTaps];
        this.end = new int[lastTaps];
        this.start = new int[lastTaps];
        for (int tap = 0; tap < lastTaps; tap++) {
            long shift = tap * last.dilation() - last.low();
            long size = spatial.dim(-1);
            first[tap] = (int) Math.clamp(Math.ceilDiv(-shift, last.stride()), 0L, (long) lineLength);
            end[tap] =
                    (int) Math.clamp(Math.floorDiv(size - 1 - shift, last.stride()) + 1, (long) first[tap], lineLength);
            start[tap] = (int) (first[tap] * last.stride() + shift);
        }
    }

    /// Where a line of positions starts to read for an outer tap: both count through the outer axes, the last of them
    /// fastest.
    private static int lineStart(Images images, Shape positions, int tap, int line) {
        Window window = images.window();
        long restTap = tap;
        long restLine = line;
        long offset = 0;
        long scale = images.spatial().dim(-1);
        for (int axis = window.rank() - 2; axis >= 0; axis--) {
            Window.Axis along = window.axes().get(axis);
            long place = restLine % positions.dim(axis) * along.stride()
                    + restTap % images.taps().dim(axis) * along.dilation()
                    - along.low();
            if (place < 0 || place >= images.spatial().dim(axis)) {
                return -1;
            }
            offset += place * scale;
            scale *= images.spatial().dim(axis);
            restLine /= positions.dim(axis);
            restTap /= images.taps().dim(axis);
        }
        return (int) offset;
    }

    /// Writes the matrix of the channels that start at `from`; rows of `columns` are `width` apart and start at `at`.
    void read(float[] x, int from, int channels, MemorySegment columns, long at, long width) {
        for (int row = 0; row < channels * taps; row++) {
            long to = at + row * width;
            int channel = from + row / taps * plane;
            int[] starts = lineStarts[row % taps / lastTaps];
            int last = row % lastTaps;
            for (int line = 0; line < lines; line++) {
                long line0 = to + (long) line * lineLength;
                if (starts[line] < 0) {
                    fill(columns, line0, line0 + lineLength);
                } else {
                    fill(columns, line0, line0 + first[last]);
                    readLine(x, channel + starts[line] + start[last], last, columns, line0);
                    fill(columns, line0 + end[last], line0 + lineLength);
                }
            }
        }
    }

    private void readLine(float[] x, int from, int last, MemorySegment y, long at) {
        int count = end[last] - first[last];
        if (stride == 1 && count >= SHORT) {
            Scratch.copy(x, from, y, at + first[last], count);
            return;
        }
        int source = from;
        for (long i = at + first[last]; i < at + end[last]; i++) {
            y.setAtIndex(Scratch.FLOAT, i, x[source]);
            source += stride;
        }
    }

    private static void fill(MemorySegment y, long from, long to) {
        for (long i = from; i < to; i++) {
            y.setAtIndex(Scratch.FLOAT, i, 0);
        }
    }

    /// Adds the matrix back to where it was read.
    void addBack(MemorySegment columns, long at, long width, float[] x, int from, int channels) {
        for (int row = 0; row < channels * taps; row++) {
            int channel = from + row / taps * plane;
            int[] starts = lineStarts[row % taps / lastTaps];
            int last = row % lastTaps;
            for (int line = 0; line < lines; line++) {
                if (starts[line] >= 0) {
                    int to = channel + starts[line] + start[last];
                    long source = at + row * width + (long) line * lineLength;
                    for (int i = first[last]; i < end[last]; i++) {
                        x[to] += columns.getAtIndex(Scratch.FLOAT, source + i);
                        to += stride;
                    }
                }
            }
        }
    }
}
