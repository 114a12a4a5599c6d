package dev.adjoint.jvm;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;

/// [FloatMaxPoolGradient] for windows of two by two elements side by side, the most frequent ones, on planes of even width.
///
/// Neighbours are read as one long, and the lines of many planes form one, so that all arithmetic is in vectors: an element wins
/// if its bits are those of the largest (2 ns a window, where the general kernel goes over tables tap by tap in 8). Planes
/// with a number that is not finite, or with a window without a winner, are left to the general kernel.
final class TwoByTwoGradient implements Kernel {
    /// Windows below which a part is not worth handing out (about 10 µs).
    private static final int PART = 1 << 12;

    /// Windows that are worked on at a time, as far as planes are not larger: what they need stays in the cache.
    private static final int BLOCK = 1 << 10;

    private final FloatMaxPoolGradient general;
    private final int planes;
    private final Workers workers;
    private final WindowPairs.Extents extents;
    private final int perBlock;
    private final Pool<WindowPairs> idle = new Pool<>(this::pairs);

    /// @param spatial the extents of a plane
    TwoByTwoGradient(FloatMaxPoolGradient general, int planes, Shape spatial, Workers workers) {
        this.general = general;
        this.planes = planes;
        this.workers = workers;
        this.extents = new WindowPairs.Extents((int) spatial.dim(0), (int) spatial.dim(1) / 2);
        this.perBlock = Math.clamp(BLOCK / Math.max(1, extents.windows()), 1, Math.max(1, planes));
    }

    /// Whether windows are of this kind.
    ///
    /// @param spatial the extents of a plane
    static boolean fits(Window window, Shape taps, Shape spatial) {
        return taps.equals(Shape.of(2, 2)) && window.equals(Window.dense(2).stride(2)) && spatial.dim(1) % 2 == 0;
    }

    private WindowPairs pairs() {
        return new WindowPairs(extents, perBlock);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        int grain = extents.planesPerPart(planes, PART);
        workers.run(Math.ceilDiv(planes, grain), part -> {
            WindowPairs pairs = idle.borrow();
            int end = Math.min(planes, (part + 1) * grain);
            for (int first = part * grain; first < end; first += perBlock) {
                int last = Math.min(end, first + perBlock);
                if (!pairs.run(inputs, outputs[0].floats(), first, last - first)) {
                    general.run(inputs, outputs, first, last);
                }
            }
            idle.giveBack(pairs);
        });
    }
}
