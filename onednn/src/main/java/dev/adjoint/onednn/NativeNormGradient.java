package dev.adjoint.onednn;

import dev.adjoint.run.Pool;
import dev.adjoint.run.ReusingKernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// The reverse rule of layer normalisation by the library's primitives. Some rows at a time are copied to native memory; the
/// forward primitive makes their statistics anew, and the backward one reads them while all of it is in the cache.
///
/// The cotangents of the weights are sums over all rows: the library adds up the rows of a block, and blocks are added in
/// double, by parts that depend on the sizes alone.
final class NativeNormGradient extends ReusingKernel {
    /// Numbers of a block: the three of them take 384 KiB. With half of it the same rows take a tenth longer.
    private static final int BLOCK = 1 << 15;

    /// Parts whose sums are alive at once, at most.
    private static final int PARTS = 64;

    /// Sums over rows: the cotangents of γ and β.
    private static final int SUMS = NormBlock.SUMS.size();

    private static final int X = 0;
    private static final int WEIGHT = 1;
    private static final int COTANGENT = 2;

    private final Workers workers;
    private final int rows;
    private final int length;
    private final int block;
    private final int blocksOfPart;

    private final NormBlock whole;
    private final NormBlock last;
    private final Pool<float[]> idle;

    /// @param type of the rows, which have elements
    /// @param length the elements of a row
    NativeNormGradient(Dnnl dnnl, Normalisation normalisation, TensorType type, int length, Workers workers) {
        this.workers = workers;
        this.length = length;
        this.rows = (int) (type.shape().count() / length);
        this.block = Math.clamp(BLOCK / length, 1, rows);
        this.blocksOfPart = Math.ceilDiv(Math.ceilDiv(rows, block), PARTS);
        this.whole = new NormBlock(dnnl, normalisation, block, length);
        this.last = rows % block == 0 ? whole : new NormBlock(dnnl, normalisation, rows % block, length);
        this.idle = new Pool<>(() -> new float[SUMS * length]);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    /// A block is read before its cotangent is written.
    @Override
    public boolean mayOverwrite(int input, int output) {
        return output == 0 && input != WEIGHT;
    }

    @Override
    protected InRow inRow() {
        return new Run();
    }

    /// One run at a time, and its parts.
    private final class Run implements InRow, IntConsumer {
        private static final float[] NONE = {};

        private final double[][] sums =
                new double[Math.ceilDiv(Math.ceilDiv(rows, block), blocksOfPart)][SUMS * length];
        private float[] x = NONE;
        private float[] ct = NONE;
        private float[] dx = NONE;
        private MemorySegment weight = MemorySegment.NULL;

        @Override
        public void run(Elements[] inputs, Elements[] outputs, Turn turn) {
            x = inputs[X].floats();
            ct = inputs[COTANGENT].floats();
            dx = outputs[0].floats();
            weight = Scratch.SHARED.borrow(length);
            Scratch.copy(inputs[WEIGHT].floats(), 0, weight, 0, length);
            try {
                workers.run(sums.length, this);
            } finally {
                Scratch.SHARED.giveBack(weight);
                weight = MemorySegment.NULL;
                x = NONE;
                ct = NONE;
                dx = NONE;
            }
            for (int part = 1; part < sums.length; part++) {
                add(sums[part], sums[0]);
            }
            for (int i = 0; i < SUMS; i++) {
                narrow(i, outputs[i + 1].floats());
            }
        }

        /// Writes the sums of a weight; the result may be the start of a longer array.
        private void narrow(int index, float[] to) {
            for (int i = 0; i < length; i++) {
                to[i] = (float) sums[0][index * length + i];
            }
        }

        @Override
        public void accept(int part) {
            Arrays.fill(sums[part], 0);
            float[] ofBlock = idle.borrow();
            MemorySegment piece = Scratch.SHARED.borrow(whole.size());
            int end = Math.min(rows, (part + 1) * blocksOfPart * block);
            for (int row = part * blocksOfPart * block; row < end; row += block) {
                NormBlock rowsHere = end - row < block ? last : whole;
                int count = Math.min(block, end - row) * length;
                Scratch.copy(x, row * length, piece, rowsHere.x(), count);
                Scratch.copy(ct, row * length, piece, rowsHere.cotangent(), count);
                rowsHere.run(piece, weight);
                Scratch.copy(piece, rowsHere.gradient(), dx, row * length, count);
                for (int i = 0; i < SUMS; i++) {
                    Scratch.copy(piece, rowsHere.sums(i), ofBlock, i * length, length);
                }
                add(ofBlock, sums[part]);
            }
            Scratch.SHARED.giveBack(piece);
            idle.giveBack(ofBlock);
        }
    }

    private static void add(float[] x, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += (double) x[i];
        }
    }

    private static void add(double[] x, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += x[i];
        }
    }
}
