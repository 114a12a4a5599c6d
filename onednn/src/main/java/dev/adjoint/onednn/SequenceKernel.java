package dev.adjoint.onednn;

import dev.adjoint.onednn.RecurrentWeights.Way;
import dev.adjoint.onednn.Sequences.Place;
import dev.adjoint.onednn.Sequences.Rows;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;

/// A recurrent network over time: the weights are laid out once, then each thread takes blocks of sequences through all steps. A
/// step is one product of the rows (xₜ, 1, hₜ₋₁), and the gates on what it gives.
final class SequenceKernel implements Kernel {
    private final Gemm gemm;
    private final Sequences of;
    private final RecurrentCell cell;
    private final Workers workers;
    private final Pool<RecurrentWeights> idleWeights = new Pool<>(this::weights);
    private final Pool<Memory> idle = new Pool<>(Memory::new);

    /// @throws IllegalStateException if the library has no fast product
    SequenceKernel(Gemm gemm, Sequences of, RecurrentCell cell, Workers workers) {
        this.gemm = gemm;
        this.of = of;
        this.cell = cell;
        this.workers = workers;
        idleWeights.giveBack(weights());
    }

    /// What one thread needs.
    private final class Memory {
        final RecurrentCell.Forward steps = cell.forward(of);
        final Place rows = new Place(Scratch.allocate((long) of.rows() * of.depth()), 0, of.depth());
        final Place states = rows.from(of.inputs() + 1L);
        final Place sums = new Place(Scratch.allocate((long) of.rows() * of.wide()), 0, of.wide());

        Memory() {
            for (int row = 0; row < of.rows(); row++) {
                rows.memory().setAtIndex(Scratch.FLOAT, (long) row * of.depth() + of.inputs(), 1);
            }
        }
    }

    private RecurrentWeights weights() {
        return new RecurrentWeights(gemm, of, cell.parts(of), Way.FORWARD);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[][] from = arrays(inputs);
        float[][] to = arrays(outputs);
        RecurrentWeights weights = idleWeights.borrow();
        cell.fill(from, of, weights.plain());
        cell.fillBias(from, of, weights.plain());
        weights.pack();
        workers.run(of.blocks(), block -> {
            Memory memory = idle.borrow();
            run(memory, of.block(block), weights, from, to);
            idle.giveBack(memory);
        });
        idleWeights.giveBack(weights);
    }

    private void run(Memory memory, Rows rows, RecurrentWeights weights, float[][] inputs, float[][] outputs) {
        memory.steps.begin(rows, inputs);
        for (int step = 0; step < of.steps(); step++) {
            rows.load(inputs[0], step, of.inputs(), memory.rows);
            rows.in(memory.steps.hidden(), memory.states);
            weights.multiply(memory.rows.address(), memory.sums.address());
            memory.steps.step(rows, step, memory.sums, outputs);
        }
    }

    static float[][] arrays(Elements[] elements) {
        float[][] arrays = new float[elements.length][];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = (float[]) elements[i].array();
        }
        return arrays;
    }
}
