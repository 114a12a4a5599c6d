package dev.adjoint.jvm;

import dev.adjoint.jvm.LoopShape.Applied;
import dev.adjoint.jvm.RowFormula.Block;
import dev.adjoint.op.elementwise.Exp;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A formula over each row of float scores (the last axis) that needs their exponentials: those of a block of rows are
/// computed in one loop, as the generated loop computes them.
final class RowKernel implements Kernel {
    /// Scores in a part: they and their exponentials stay in the cache, and take about 30 µs.
    private static final int PART = 1 << 14;

    private static final Loop EXPONENTIAL = Loops.SHARED.of(new LoopShape(
            List.of(DType.F32),
            List.of(Access.ALIGNED),
            List.of(new Applied(new Exp(), List.of(0), DType.F32)),
            List.of(1),
            LoopShape.Writing.STORED));

    private final int rows;
    private final int length;
    private final RowFormula formula;
    private final Workers workers;
    private final int grain;
    private final Queue<float[]> idle = new ConcurrentLinkedQueue<>();

    RowKernel(int rows, int length, RowFormula formula, Workers workers) {
        this.rows = rows;
        this.length = length;
        this.formula = formula;
        this.workers = workers;
        this.grain = Math.max(1, PART / Math.max(1, length));
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        workers.run(Math.ceilDiv(rows, grain), part -> {
            float[] polled = idle.poll();
            float[] exponentials = polled == null ? new float[grain * length] : polled;
            int first = part * grain;
            int count = Math.min(rows, first + grain) - first;
            shifted(inputs[0].floats(), first, count, exponentials);
            EXPONENTIAL.run(new Object[] {exponentials}, new Object[] {exponentials}, new int[1], 0, count * length);
            Block block = new Block(inputs, exponentials, length);
            for (int row = 0; row < count; row++) {
                formula.apply(block, row, first + row, outputs[0].floats());
            }
            idle.add(exponentials);
        });
    }

    private void shifted(float[] x, int first, int count, float[] to) {
        for (int row = 0; row < count; row++) {
            int from = (first + row) * length;
            float shift = formula.shift(max(x, from, length));
            for (int i = 0; i < length; i++) {
                to[row * length + i] = x[from + i] - shift;
            }
        }
    }

    static float max(float[] x, int from, int length) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + length; i++) {
            max = Math.max(max, x[i]);
        }
        return max;
    }
}
