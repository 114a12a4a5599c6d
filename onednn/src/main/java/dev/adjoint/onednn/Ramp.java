package dev.adjoint.onednn;

import java.lang.foreign.MemorySegment;

/// The ramp of numbers that have just been computed, and are still in a cache.
///
/// oneDNN would take it within the primitive, where it costs nothing, but its ramp of NaN is 0; NaN has to stay.
final class Ramp {
    private Ramp() {}

    /// `y[i] = max(y[i], 0)` for so many elements from a place on.
    static void apply(float[] y, int at, int count) {
        for (int i = at; i < at + count; i++) {
            y[i] = Math.max(y[i], 0f);
        }
    }

    /// The same in native memory, from its start on.
    static void apply(MemorySegment y, int count) {
        for (int i = 0; i < count; i++) {
            y.setAtIndex(Scratch.FLOAT, i, Math.max(y.getAtIndex(Scratch.FLOAT, i), 0f));
        }
    }
}
