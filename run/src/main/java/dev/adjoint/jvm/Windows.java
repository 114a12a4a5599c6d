package dev.adjoint.jvm;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Shape;

/// Where the taps of a sliding window fall, as tables: positions form lines along the last axis, and for every tap a
/// line of positions reads evenly spaced elements of one line of the input, or lies in the padding.
///
/// Any number of spatial axes; planes are the elements of all spatial axes of one channel.
final class Windows {
    private final int plane;
    private final int lines;
    private final int lineLength;
    private final int taps;
    private final int lastTaps;
    private final int stride;

    /// For every tap of the outer axes and every line: where the line's elements start in the plane, or −1 for padding.
    private final int[][] lineStarts;

    /// For every tap of the last axis: the first position that reads an element, one past the last, and what it reads.
    private final int[] first;
    private final int[] end;
    private final int[] start;

    /// For short lines: for every tap the elements that all positions read, or −1 for padding. Empty for long ones.
    private final int[][] elements;

    /// Below this length handling a line costs more than looking every element up (a quarter of a ns each).
    private static final int SHORT = 16;

    Windows(Window window, Shape spatial, Shape tapShape) {
        Shape positions = window.positions(spatial, tapShape);
        int outer = window.rank() - 1;
        this.plane = (int) spatial.count();
        this.lineLength = (int) positions.dim(-1);
        this.lines = (int) positions.leading(1).count();
        this.taps = (int) tapShape.count();
        this.lastTaps = (int) tapShape.dim(-1);
        this.stride = (int) window.axes().get(outer).stride();
        this.lineStarts = new int[(int) tapShape.leading(1).count()][lines];
        for (int tap = 0; tap < lineStarts.length; tap++) {
            for (int line = 0; line < lines; line++) {
                lineStarts[tap][line] = lineStart(window, spatial, new Indices(tapShape, tap, positions, line));
            }
        }
        this.first = new int[lastTaps];
        this.end = new int[lastTaps];
        this.start = new int[lastTaps];
        for (int tap = 0; tap < lastTaps; tap++) {
            limit(window.axes().get(outer), spatial.dim(-1), tap);
        }
        this.elements = new int[lineLength < SHORT ? taps : 0][];
        for (int tap = 0; tap < elements.length; tap++) {
            elements[tap] = elements(tap);
        }
    }

    /// For every position the element of the plane that a tap reads, or −1 in the padding.
    int[] elements(int tap) {
        int[] read = new int[positions()];
        for (int position = 0; position < read.length; position++) {
            read[position] = element(position / lineLength, position % lineLength, tap);
        }
        return read;
    }

    /// A tap and a line as numbers, for the shapes whose outer axes they count through.
    private record Indices(Shape taps, int tap, Shape positions, int line) {}

    private static int lineStart(Window window, Shape spatial, Indices at) {
        long tap = at.tap;
        long line = at.line;
        long offset = 0;
        long scale = spatial.dim(-1);
        for (int axis = window.rank() - 2; axis >= 0; axis--) {
            Window.Axis along = window.axes().get(axis);
            long place = line % at.positions.dim(axis) * along.stride()
                    + tap % at.taps.dim(axis) * along.dilation()
                    - along.low();
            if (place < 0 || place >= spatial.dim(axis)) {
                return -1;
            }
            offset += place * scale;
            scale *= spatial.dim(axis);
            line /= at.positions.dim(axis);
            tap /= at.taps.dim(axis);
        }
        return (int) offset;
    }

    private void limit(Window.Axis axis, long size, int tap) {
        long shift = tap * axis.dilation() - axis.low();
        first[tap] = (int) Math.clamp(Math.ceilDiv(-shift, axis.stride()), 0L, (long) lineLength);
        end[tap] = (int) Math.clamp(Math.floorDiv(size - 1 - shift, axis.stride()) + 1, (long) first[tap], lineLength);
        start[tap] = (int) (first[tap] * axis.stride() + shift);
    }

    /// Elements of an input plane.
    int plane() {
        return plane;
    }

    /// Elements of an output plane.
    int positions() {
        return lines * lineLength;
    }

    /// Lines of an output plane.
    int lines() {
        return lines;
    }

    int lineLength() {
        return lineLength;
    }

    int taps() {
        return taps;
    }

    /// For every position of a line and every tap the element of the plane that is read, or −1 in the padding.
    int[] places(int line) {
        int[] places = new int[lineLength * taps];
        for (int i = 0; i < places.length; i++) {
            places[i] = element(line, i / taps, i % taps);
        }
        return places;
    }

    private int element(int line, int position, int tap) {
        int row = lineStarts[tap / lastTaps][line];
        int last = tap % lastTaps;
        return row < 0 || position < first[last] || position >= end[last]
                ? -1
                : row + start[last] + (position - first[last]) * stride;
    }

    /// Reads lines of one plane for one tap, zeros in the padding.
    void read(Lines type, Object x, int plane, int line, int count, int tap, Object y, int at) {
        if (elements.length > 0) {
            type.gather(x, plane, elements[tap], line * lineLength, y, at, count * lineLength);
            return;
        }
        for (int i = 0; i < count; i++) {
            readLine(type, x, plane, line + i, tap, y, at + i * lineLength);
        }
    }

    private void readLine(Lines type, Object x, int plane, int line, int tap, Object y, int at) {
        int row = lineStarts[tap / lastTaps][line];
        if (row < 0) {
            type.fill(y, at, lineLength, 0);
            return;
        }
        int last = tap % lastTaps;
        int from = first[last];
        if (from > 0) {
            type.fill(y, at, from, 0);
        }
        type.copy(x, plane + row + start[last], stride, y, at + from, 1, end[last] - from);
        if (end[last] < lineLength) {
            type.fill(y, at + end[last], lineLength - end[last], 0);
        }
    }

    /// Adds lines back to where a tap read them: the transpose of [#read].
    void addBack(Lines type, Object y, int at, int line, int count, int tap, Object x, int plane) {
        if (elements.length > 0) {
            type.scatter(y, at, elements[tap], line * lineLength, x, plane, count * lineLength);
            return;
        }
        int last = tap % lastTaps;
        for (int i = 0; i < count; i++) {
            int row = lineStarts[tap / lastTaps][line + i];
            if (row >= 0) {
                int from = at + i * lineLength + first[last];
                type.add(y, from, 1, x, plane + row + start[last], stride, end[last] - first[last]);
            }
        }
    }
}
