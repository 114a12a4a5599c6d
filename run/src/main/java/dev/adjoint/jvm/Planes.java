package dev.adjoint.jvm;

import dev.adjoint.run.Workers;
import java.util.function.IntConsumer;

/// Work on independent planes, handed out in parts of equal size.
final class Planes {
    /// Window elements below which a part is not worth handing out (about 30 µs).
    private static final int PART = 1 << 15;

    private Planes() {}

    static void run(Workers workers, int planes, Windows windows, IntConsumer plane) {
        int grain = Math.max(1, PART / Math.max(1, windows.positions() * windows.taps()));
        workers.run(Math.ceilDiv(planes, grain), part -> {
            int end = Math.min(planes, (part + 1) * grain);
            for (int i = part * grain; i < end; i++) {
                plane.accept(i);
            }
        });
    }
}
