package dev.adjoint.jvm;

import java.util.LinkedHashMap;
import java.util.Map;

/// The generated loops by their shape: the least used of more than [#LIMIT] is forgotten, and with it its class.
final class Loops {
    /// Every operator on every type in its usual access patterns fits.
    private static final int LIMIT = 1024;

    /// One for the whole process: a generated class is the same for everyone, and its compiled code is worth keeping.
    /// The holder is the only state that kernels share, and it shows in nothing but time.
    static final Loops SHARED = new Loops();

    private final Map<LoopShape, Loop> loops = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LoopShape, Loop> eldest) {
            return size() > LIMIT;
        }
    };

    private Loops() {}

    synchronized Loop of(LoopShape shape) {
        return loops.computeIfAbsent(shape, LoopCode::generate);
    }
}
