package dev.adjoint.jvm;

import dev.adjoint.run.Workers;

/// Work on independent planes, line of positions by line, handed out in parts of equal size.
///
/// What the taps read in a line is looked up once for all planes of a part.
final class Planes {
    /// Window elements below which a part is not worth handing out (about 30 µs).
    private static final int PART = 1 << 15;

    private Planes() {}

    /// What happens at a line.
    @FunctionalInterface
    interface Visitor {
        /// Reads and writes the line's positions in one plane.
        ///
        /// @param places for every position all taps' elements in the input plane, −1 in the padding
        /// @param from where the input plane starts
        /// @param at the line's first position in the output
        void line(int[] places, int from, int at);
    }

    static void run(Workers workers, int planes, Windows windows, Visitor visitor) {
        int grain = Math.max(1, PART / Math.max(1, windows.positions() * windows.taps()));
        workers.run(Math.ceilDiv(planes, grain), part -> {
            int end = Math.min(planes, (part + 1) * grain);
            for (int line = 0; line < windows.lines(); line++) {
                int[] places = windows.places(line);
                for (int plane = part * grain; plane < end; plane++) {
                    int at = plane * windows.positions() + line * windows.lineLength();
                    visitor.line(places, plane * windows.plane(), at);
                }
            }
        });
    }
}
