package dev.adjoint.onednn;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

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
    ///
    /// Rows are put together in an array: loops over native memory take several times as long.
    void read(float[] x, int from, int channels, MemorySegment columns, long at, long width) {
        float[] line = new float[lines * lineLength];
        for (int row = 0; row < channels * taps; row++) {
            int channel = from + row / taps * plane;
            readRow(x, channel, lineStarts[row % taps / lastTaps], row % lastTaps, line);
            Scratch.copy(line, 0, columns, at + row * width, line.length);
        }
    }

    private void readRow(float[] x, int channel, int[] starts, int last, float[] y) {
        for (int line = 0; line < lines; line++) {
            int at = line * lineLength;
            if (starts[line] < 0) {
                Arrays.fill(y, at, at + lineLength, 0);
            } else {
                Arrays.fill(y, at, at + first[last], 0);
                readLine(x, channel + starts[line] + start[last], y, at + first[last], at + end[last]);
                Arrays.fill(y, at + end[last], at + lineLength, 0);
            }
        }
    }

    private void readLine(float[] x, int from, float[] y, int at, int end) {
        if (stride == 1 && end - at >= SHORT) {
            System.arraycopy(x, from, y, at, end - at);
            return;
        }
        int source = from;
        for (int i = at; i < end; i++) {
            y[i] = x[source];
            source += stride;
        }
    }

    /// Adds the matrix back to where it was read.
    void addBack(MemorySegment columns, long at, long width, float[] x, int from, int channels) {
        float[] line = new float[lines * lineLength];
        for (int row = 0; row < channels * taps; row++) {
            Scratch.copy(columns, at + row * width, line, 0, line.length);
            addRow(line, x, from + row / taps * plane, lineStarts[row % taps / lastTaps], row % lastTaps);
        }
    }

    private void addRow(float[] y, float[] x, int channel, int[] starts, int last) {
        for (int line = 0; line < lines; line++) {
            if (starts[line] >= 0) {
                int to = channel + starts[line] + start[last];
                int at = line * lineLength;
                for (int i = at + first[last]; i < at + end[last]; i++) {
                    x[to] += y[i];
                    to += stride;
                }
            }
        }
    }
}
