package dev.adjoint.onednn;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

    /// Added to the bits of a magnitude, gives a negative number for infinities and NaN alone.
    private static final int ABOVE_FINITE = 0x0080_0000;

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
        MemorySegment bits = MemorySegment.ofArray(elements.floats());
        int count = elements.count();
        AtomicBoolean finite = new AtomicBoolean(true);
        workers.run(Math.ceilDiv(count, PART), part -> {
            if (!isFinite(bits, part * PART, Math.min(count, (part + 1) * PART))) {
                finite.set(false);
            }
        });
        return finite.get();
    }

    /// @param bits another view of an array of floats: of such a loop the compiler of the JVM makes vectors
    static boolean isFinite(MemorySegment bits, int from, int to) {
        int unfit = 0;
        for (int i = from; i < to; i++) {
            unfit |= (bits.getAtIndex(ValueLayout.JAVA_INT, i) & Integer.MAX_VALUE) + ABOVE_FINITE;
        }
        return unfit >= 0;
    }
}
