package dev.adjoint.onednn;

/// The ramp of numbers that have just been copied to an array, and are still in a cache.
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
}
