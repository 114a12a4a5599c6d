package dev.adjoint.jvm;

import dev.adjoint.op.Reduction;
import dev.adjoint.run.ReusingKernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// Sums and extremes along any axes of floating tensors, without moving elements: the loops run through x in its order
/// and carry the place in the result along.
///
/// Everything is gathered in double: a float32 sum is then rounded once, as the reference's, whatever its length. Along
/// a line eight sums go side by side, because one would wait for every addition to finish (0.26 instead of 0.45 ns an
/// element). Parts depend on the size alone and are put together in order.
final class ReductionKernel extends ReusingKernel {
    /// Elements below which a part is not worth handing out (about 20 µs).
    private static final int PART = 1 << 16;

    private final DType dtype;
    private final Combining combining;
    private final double identity;
    private final int[] extents;
    private final int[] steps;
    private final int[] toSteps;
    private final Workers workers;
    private final int results;

    ReductionKernel(Reduction op, Combining combining, TensorType in, Workers workers) {
        this.dtype = in.dtype();
        this.combining = combining;
        this.identity = op.identity(in.dtype());
        Shape kept = op.axes().kept().reduce(in.shape());
        long[] to = kept.stridesIn(in.shape());
        for (int axis : op.axes().in(in.shape())) {
            to[axis] = 0;
        }
        Joined joined = Joined.of(in.shape().dims(), new long[][] {in.shape().strides(), to});
        this.extents = joined.extents();
        this.steps = joined.strides(0);
        this.toSteps = joined.strides(1);
        this.workers = workers;
        this.results = (int) kept.count();
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    protected InRow inRow() {
        return new Run();
    }

    /// One run at a time, and its parts.
    private final class Run implements InRow, IntConsumer {
        private final double[][] memory = memory();
        private final boolean shared = isShared();
        private final int grain = grain();
        private final int parts = parts();
        private final Elements[] x = new Elements[1];

        @Override
        public void run(Elements[] inputs, Elements[] outputs, Turn turn) {
            double[] result = memory[0];
            Arrays.fill(result, identity);
            x[0] = inputs[0];
            try {
                workers.run(parts, this);
            } finally {
                Arrays.fill(x, null);
            }
            for (int part = 1; part < memory.length; part++) {
                combining.into(memory[part], 0, result, 0, result.length);
            }
            write(result, outputs[0]);
        }

        @Override
        public void accept(int part) {
            double[] partial = memory[shared ? 0 : part + 1];
            if (!shared) {
                Arrays.fill(partial, identity);
            }
            slices(x[0], partial, part * grain, Math.min(extents[0], (part + 1) * grain));
        }
    }

    private int parts() {
        return Math.ceilDiv(extents[0], grain());
    }

    /// Whether all parts gather in one array: each has its own places there.
    private boolean isShared() {
        return toSteps[0] != 0 || parts() <= 1;
    }

    /// The results in double, and behind them those of each part where they are not shared.
    private double[][] memory() {
        return new double[isShared() ? 1 : parts() + 1][results];
    }

    /// Slices of the outermost loop in one part.
    private int grain() {
        long slice = 1;
        for (int axis = 1; axis < extents.length; axis++) {
            slice *= extents[axis];
        }
        long grain = Math.max(1, PART / Math.max(1, slice));
        // Where every part has a result of its own, at most sixteen of them are alive, and together they are smaller
        // than what goes into them.
        long fewest = toSteps[0] == 0 ? Math.max(8, Math.ceilDiv(extents[0], 16)) : 1;
        return (int) Math.max(grain, fewest);
    }

    private void slices(Elements x, double[] y, int first, int end) {
        if (extents.length == 1) {
            line(x, first * steps[0], y, first * toSteps[0], end - first);
            return;
        }
        for (int i = first; i < end; i++) {
            slice(x, i * steps[0], y, i * toSteps[0], 1);
        }
    }

    private void slice(Elements x, int at, double[] y, int to, int axis) {
        if (axis == extents.length - 1) {
            line(x, at, y, to, extents[axis]);
            return;
        }
        for (int i = 0; i < extents[axis]; i++) {
            slice(x, at + i * steps[axis], y, to + i * toSteps[axis], axis + 1);
        }
    }

    private void line(Elements x, int at, double[] y, int to, int count) {
        if (toSteps[toSteps.length - 1] != 0) {
            if (dtype == DType.F32) {
                combining.into(x.floats(), at, y, to, count);
            } else {
                combining.into(x.doubles(), at, y, to, count);
            }
        } else {
            double folded = dtype == DType.F32
                    ? combining.line(x.floats(), at, count, identity)
                    : combining.line(x.doubles(), at, count, identity);
            y[to] = combining.combine(y[to], folded);
        }
    }

    private void write(double[] result, Elements y) {
        if (dtype == DType.F32) {
            float[] floats = y.floats();
            for (int i = 0; i < result.length; i++) {
                floats[i] = (float) result[i];
            }
        } else {
            System.arraycopy(result, 0, y.doubles(), 0, result.length);
        }
    }
}
