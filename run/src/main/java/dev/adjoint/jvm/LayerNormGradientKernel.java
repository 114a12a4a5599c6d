package dev.adjoint.jvm;

import dev.adjoint.run.Pool;
import dev.adjoint.run.ReusingKernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// The reverse rule of layer normalisation of rows of floats. Statistics are made anew; sums over rows are of doubles, by parts
/// that depend on the sizes alone.
final class LayerNormGradientKernel extends ReusingKernel {
    private static final float[] NONE = {};

    private final RowParts parts;
    private final Workers workers;
    private final Pool<Block> idle;

    LayerNormGradientKernel(int rows, int length, double epsilon, Workers workers) {
        this.parts = new RowParts(rows, length);
        this.workers = workers;
        this.idle = new Pool<>(() -> new Block(parts.block(), length, epsilon));
    }

    /// What one thread works with.
    private static final class Block {
        final StandardizedRows rows;
        final float[] weight;
        final float[] cotangents;
        final float[] along;

        Block(int most, int length, double epsilon) {
            rows = new StandardizedRows(most, length, epsilon);
            weight = new float[most * length];
            cotangents = new float[most * length];
            along = new float[most * length];
        }
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    /// Rows and their cotangents are read before the result is written.
    @Override
    public boolean mayOverwrite(int input, int output) {
        return output == 0 && input != 1;
    }

    @Override
    protected InRow inRow() {
        return new Run();
    }

    /// One run at a time, and its parts.
    private final class Run implements InRow, IntConsumer {
        private final double[][] ofWeight = new double[parts.count()][parts.length()];
        private final double[][] ofBias = new double[parts.count()][parts.length()];
        private float[] x = NONE;
        private float[] weight = NONE;
        private float[] ct = NONE;
        private float[] dx = NONE;

        @Override
        public void run(Elements[] inputs, Elements[] outputs, Turn turn) {
            x = inputs[0].floats();
            weight = inputs[1].floats();
            ct = inputs[2].floats();
            dx = outputs[0].floats();
            try {
                workers.run(ofWeight.length, this);
            } finally {
                x = NONE;
                weight = NONE;
                ct = NONE;
                dx = NONE;
            }
            write(ofWeight, outputs[1].floats());
            write(ofBias, outputs[2].floats());
        }

        @Override
        public void accept(int part) {
            Arrays.fill(ofWeight[part], 0);
            Arrays.fill(ofBias[part], 0);
            Block block = idle.borrow();
            block.rows.repeatRow(weight, block.weight);
            for (int row = parts.first(part); row < parts.first(part + 1); row += parts.block()) {
                int at = row * parts.length();
                block.rows.read(x, at, parts.rowsFrom(row, part));
                block.rows.standardize();
                System.arraycopy(ct, at, block.cotangents, 0, block.rows.elements());
                block.rows.addSums(block.cotangents, ofWeight[part], ofBias[part]);
                block.rows.backward(block.cotangents, block.weight, block.along);
                System.arraycopy(block.cotangents, 0, dx, at, block.rows.elements());
            }
            idle.giveBack(block);
        }
    }

    /// The sum of all parts; the result may be the start of a longer array.
    private static void write(double[][] sums, float[] to) {
        for (int i = 0; i < sums[0].length; i++) {
            double sum = 0;
            for (double[] part : sums) {
                sum += part[i];
            }
            to[i] = (float) sum;
        }
    }
}
