package dev.adjoint.onednn;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.util.concurrent.atomic.AtomicBoolean;

/// A kernel for finite numbers, and another for the rest.
///
/// The meaning of a convolution multiplies its padding, so an infinity beside it gives NaN; the library leaves padding out.
///
/// @param fast for an operand that is finite
/// @param exact for any
/// @param operand which one is looked at
/// @param workers the threads
record Guarded(Kernel fast, Kernel exact, int operand, Workers workers) implements Kernel {
    /// Elements that one thread looks at.
    private static final int PART = 1 << 17;

    private static final int LANES = 8;

    @Override
    public boolean overwrites() {
        return fast.overwrites();
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        if (isFinite(inputs[operand], workers)) {
            fast.run(inputs, outputs);
        } else {
            runExact(exact, inputs, outputs);
        }
    }

    /// Runs a kernel that may count on zeros, where the fast one need not wait for them.
    static void runExact(Kernel exact, Elements[] inputs, Elements[] outputs) {
        for (Elements output : outputs) {
            output.clear();
        }
        exact.run(inputs, outputs);
    }

    static boolean isFinite(Elements elements, Workers workers) {
        float[] values = elements.floats();
        int count = elements.count();
        AtomicBoolean finite = new AtomicBoolean(true);
        workers.run(Math.ceilDiv(count, PART), part -> {
            if (!isFinite(values, part * PART, Math.min(count, (part + 1) * PART))) {
                finite.set(false);
            }
        });
        return finite.get();
    }

    /// 0·v is 0 for finite v alone; independent sums keep the processor busy.
    static boolean isFinite(float[] values, int from, int to) {
        float[] zeros = new float[LANES];
        int whole = from + (to - from) / LANES * LANES;
        for (int i = from; i < whole; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                zeros[lane] += 0 * values[i + lane];
            }
        }
        float zero = 0;
        for (float lane : zeros) {
            zero += lane;
        }
        for (int i = whole; i < to; i++) {
            zero += 0 * values[i];
        }
        return zero == 0;
    }
}
