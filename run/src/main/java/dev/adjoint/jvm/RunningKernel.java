package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;

/// Running values of floats along one axis, in one pass over memory: the expansion in pairs makes some twenty.
///
/// Lines of neighbours that lie behind each other are cut into pieces that are handed out; the bits of an element depend on
/// its line alone.
final class RunningKernel implements Kernel {
    /// Elements of a part: some 20 µs.
    private static final int PART = 1 << 15;

    /// Lines side by side in a part, whose values stay in the first-level cache.
    private static final int WIDTH = 512;

    private final Running running;
    private final int outer;
    private final int length;
    private final int inner;
    private final Workers workers;

    RunningKernel(Running running, Shape shape, int axis, Workers workers) {
        this.running = running;
        this.length = (int) shape.dim(axis);
        this.inner = (int) shape.trailing(shape.rank() - 1 - axis).count();
        this.outer = (int) shape.leading(shape.rank() - axis).count();
        this.workers = workers;
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] x = inputs[0].floats();
        float[] y = outputs[0].floats();
        if (inner == 1) {
            int grain = Math.max(1, PART / Math.max(1, length));
            workers.run(Math.ceilDiv(outer, grain), part -> {
                for (int line = part * grain; line < Math.min(outer, (part + 1) * grain); line++) {
                    running.along(x, y, line * length, length);
                }
            });
        } else if (outputs[0].count() > 0) {
            int pieces = Math.ceilDiv(inner, WIDTH);
            int grain = (int) Math.max(1, PART / ((long) length * Math.min(WIDTH, inner)));
            workers.run(Math.ceilDiv(outer * pieces, grain), part -> {
                for (int i = part * grain; i < Math.min(outer * pieces, (part + 1) * grain); i++) {
                    piece(x, y, i / pieces * length * inner, i % pieces * WIDTH);
                }
            });
        }
    }

    private void piece(float[] x, float[] y, int from, int first) {
        double[] values = running.start(Math.min(WIDTH, inner - first));
        for (int i = 0; i < length; i++) {
            running.across(x, y, from + i * inner + first, values);
        }
    }
}
