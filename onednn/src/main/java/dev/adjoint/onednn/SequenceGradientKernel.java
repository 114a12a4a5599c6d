package dev.adjoint.onednn;

import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Gemm.Matrix;
import dev.adjoint.onednn.RecurrentWeights.Way;
import dev.adjoint.onednn.Sequences.Place;
import dev.adjoint.onednn.Sequences.Rows;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.LongStream;

/// The reverse rule of a recurrent network over time: each thread takes blocks of sequences through all steps, from the last to the
/// first. The cotangents of all sums stay in native memory, where one product with all rows (xₜ, 1, hₜ₋₁) makes the cotangents of the
/// weights of them.
final class SequenceGradientKernel implements Kernel {
    private final Gemm gemm;
    private final Sequences of;
    private final RecurrentCell cell;
    private final Workers workers;
    private final List<Block> ofWeights;
    private final Pool<RecurrentWeights> idleWeights = new Pool<>(this::weights);
    private final Pool<Memory> idle = new Pool<>(Memory::new);

    /// @throws IllegalStateException if the library has no fast product
    SequenceGradientKernel(Gemm gemm, Sequences of, RecurrentCell cell, Workers workers) {
        this.gemm = gemm;
        this.of = of;
        this.cell = cell;
        this.workers = workers;
        int weights = of.depth();
        Blocks blocks = Blocks.of(new Extents(weights, of.wide(), of.allRows()), Shape.of());
        this.ofWeights = LongStream.range(0, blocks.count())
                .mapToObj(block -> new Block(
                        gemm.product(gemm.form(
                                blocks.at(block),
                                new Matrix(MemorySegment.NULL, 0, of.depth(), true),
                                new Matrix(MemorySegment.NULL, 0, of.wide(), false),
                                new Matrix(MemorySegment.NULL, 0, of.wide(), false))),
                        blocks.row(block),
                        blocks.column(block)))
                .toList();
        idleWeights.giveBack(weights());
    }

    /// A block of the cotangents of the weights: its product, and where it begins.
    private record Block(Product product, long row, long column) {}

    /// What one thread needs.
    private final class Memory {
        final RecurrentCell.Back steps = cell.back(of);
        final float[] added = new float[of.size()];
        final Place back = new Place(Scratch.allocate((long) of.rows() * of.depth()), 0, of.depth());
        final Place ofHidden = back.from(of.inputs() + 1L);
    }

    /// One run.
    ///
    /// @param weights laid out
    /// @param rows (xₜ, 1, hₜ₋₁) of all blocks and steps
    /// @param sums the cotangents of what the weights made of these
    /// @param inputs of the operator
    /// @param outputs of the operator
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Run(
            RecurrentWeights weights, MemorySegment rows, MemorySegment sums, float[][] inputs, float[][] outputs) {}

    private RecurrentWeights weights() {
        return new RecurrentWeights(gemm, of, cell.parts(of), Way.BACK);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        Run run = new Run(
                idleWeights.borrow(),
                Scratch.SHARED.borrow(of.allRows() * of.depth()),
                Scratch.SHARED.borrow(of.allRows() * of.wide()),
                SequenceKernel.arrays(inputs),
                SequenceKernel.arrays(outputs));
        cell.fill(run.inputs, of, run.weights.plain());
        run.weights.pack();
        workers.run(of.blocks(), block -> {
            Memory memory = idle.borrow();
            steps(memory, of.block(block), run);
            idle.giveBack(memory);
        });
        idleWeights.giveBack(run.weights);
        ofWeights(run);
        Scratch.SHARED.giveBack(run.rows);
        Scratch.SHARED.giveBack(run.sums);
    }

    private void steps(Memory memory, Rows rows, Run run) {
        memory.steps.begin(rows, run.inputs);
        for (int step = of.steps() - 1; step >= 0; step--) {
            long row = rows.row(step);
            Place sums = new Place(run.sums, row * of.wide(), of.wide());
            clearMissing(rows, row, run);
            keep(memory, rows, step, run);
            memory.steps.step(rows, step, sums, run.inputs);
            run.weights.multiply(sums.address(), memory.back.address());
            rows.store(memory.back, run.outputs[0], step, of.inputs());
            rows.out(memory.ofHidden, memory.added);
            Gates.add(memory.steps.ofHidden(), memory.added, rows.size());
        }
        memory.steps.end(rows, run.outputs);
    }

    /// Copies (xₜ, 1, hₜ₋₁) to where the rows of all steps are.
    private void keep(Memory memory, Rows rows, int step, Run run) {
        Place row = new Place(run.rows, rows.row(step) * of.depth(), of.depth());
        Place state = row.from(of.inputs() + 1L);
        rows.load(run.inputs[0], step, of.inputs(), row);
        if (step > 0) {
            rows.load(memory.steps.states(run.inputs), step - 1, of.width(), state);
        } else {
            rows.loadState(run.inputs[3], state);
        }
        for (int i = 0; i < rows.count(); i++) {
            run.rows.setAtIndex(Scratch.FLOAT, row.at() + (long) i * of.depth() + of.inputs(), 1);
        }
    }

    /// Writes zeros where an incomplete block has no sequences: they are added to the cotangents of the weights.
    private void clearMissing(Rows rows, long row, Run run) {
        for (long missing = row + rows.count(); missing < row + of.rows(); missing++) {
            clear(run.rows, missing * of.depth(), of.depth());
            clear(run.sums, missing * of.wide(), of.wide());
        }
    }

    private static void clear(MemorySegment memory, long at, long count) {
        memory.asSlice(at * Float.BYTES, count * Float.BYTES).fill((byte) 0);
    }

    private void ofWeights(Run run) {
        MemorySegment result = Scratch.SHARED.borrow((long) of.depth() * of.wide());
        workers.run(ofWeights.size(), index -> {
            Block block = ofWeights.get(index);
            block.product.run(
                    gemm.address(run.rows, block.row),
                    gemm.address(run.sums, block.column),
                    gemm.address(result, block.row * of.wide() + block.column));
        });
        cell.spread(result, of, run.outputs);
        Scratch.SHARED.giveBack(result);
    }
}
