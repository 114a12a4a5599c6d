package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;

/// Layer normalisation of rows of floats: ŷ·γ + β.
final class LayerNormKernel implements Kernel {
    private final RowParts parts;
    private final Workers workers;
    private final Pool<Block> idle;

    LayerNormKernel(int rows, int length, double epsilon, Workers workers) {
        this.parts = new RowParts(rows, length);
        this.workers = workers;
        this.idle = new Pool<>(() -> new Block(parts.block(), length, epsilon));
    }

    /// What one thread works with.
    private static final class Block {
        final StandardizedRows rows;
        final float[] weight;
        final float[] bias;

        Block(int most, int length, double epsilon) {
            rows = new StandardizedRows(most, length, epsilon);
            weight = new float[most * length];
            bias = new float[most * length];
        }
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    /// Rows are read before they are written.
    @Override
    public boolean mayOverwrite(int input, int output) {
        return input == 0;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        workers.run(parts.count(), part -> {
            Block block = idle.borrow();
            block.rows.repeatRow(inputs[1].floats(), block.weight);
            block.rows.repeatRow(inputs[2].floats(), block.bias);
            for (int row = parts.first(part); row < parts.first(part + 1); row += parts.block()) {
                block.rows.read(inputs[0].floats(), row * parts.length(), parts.rowsFrom(row, part));
                block.rows.scaled(block.weight, block.bias, outputs[0].floats(), row * parts.length());
            }
            idle.giveBack(block);
        });
    }
}
