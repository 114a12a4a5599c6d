package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;

/// A formula over each row of float scores (the last axis) that needs their exponentials: those of a block of rows are
/// computed in one loop.
final class RowKernel implements Kernel {
    /// Scores in a part: they and their exponentials stay in the cache, and take about 5 µs.
    private static final int PART = 1 << 13;

    private final int rows;
    private final int length;
    private final RowFormula formula;
    private final Workers workers;
    private final int grain;
    private final Pool<RowBlock> idle = new Pool<>(this::block);

    RowKernel(int rows, int length, RowFormula formula, Workers workers) {
        this.rows = rows;
        this.length = length;
        this.formula = formula;
        this.workers = workers;
        this.grain = Math.clamp(PART / Math.max(1, length), 1, Math.max(1, rows));
    }

    private RowBlock block() {
        return new RowBlock(grain, length);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        workers.run(Math.ceilDiv(rows, grain), part -> {
            RowBlock block = idle.borrow();
            int first = part * grain;
            block.read(inputs, first, Math.min(rows, first + grain) - first);
            formula.apply(block, outputs[0].floats());
            block.release();
            idle.giveBack(block);
        });
    }
}
