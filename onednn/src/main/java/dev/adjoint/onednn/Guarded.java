package dev.adjoint.onednn;

import dev.adjoint.run.Kernel;
import dev.adjoint.tensor.Elements;

/// A kernel for finite numbers, and another for the rest.
///
/// The meaning of a convolution multiplies its padding, so an infinity beside it gives NaN; the library leaves padding out.
///
/// @param fast for an operand that is finite
/// @param exact for any
/// @param operand which one is looked at
record Guarded(Kernel fast, Kernel exact, int operand) implements Kernel {
    private static final int LANES = 8;

    @Override
    public boolean overwrites() {
        return fast.overwrites() && exact.overwrites();
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        (isFinite(inputs[operand].floats()) ? fast : exact).run(inputs, outputs);
    }

    /// 0·v is 0 for finite v alone; independent sums keep the processor busy.
    private static boolean isFinite(float[] values) {
        float[] zeros = new float[LANES];
        int whole = values.length / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                zeros[lane] += 0 * values[i + lane];
            }
        }
        float zero = 0;
        for (float lane : zeros) {
            zero += lane;
        }
        for (int i = whole; i < values.length; i++) {
            zero += 0 * values[i];
        }
        return zero == 0;
    }
}
