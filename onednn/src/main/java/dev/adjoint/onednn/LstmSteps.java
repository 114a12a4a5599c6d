package dev.adjoint.onednn;

import dev.adjoint.onednn.Sequences.Rows;
import java.lang.foreign.MemorySegment;

/// Blocks of sequences through the steps of [LstmSequence].
final class LstmSteps implements SequenceKernel.Steps {
    private static final int GATES = 4;
    private static final int INPUT = 0;
    private static final int FORGET = 1;
    private static final int CANDIDATE = 2;
    private static final int OUTPUT = 3;

    private final int width;
    private final float[][] gates;
    private final float[] memory;
    private final float[] hidden;
    private final MemorySegment states;
    private final MemorySegment sums;

    LstmSteps(Sequences of) {
        this.width = of.width();
        this.gates = new float[GATES][of.size()];
        this.memory = new float[of.size()];
        this.hidden = new float[of.size()];
        this.states = RecurrentFactor.states(of);
        this.sums = Scratch.allocate((long) GATES * of.size());
    }

    @Override
    public void run(RecurrentFactor factor, Rows rows, float[][] inputs, float[][] outputs) {
        rows.loadState(inputs[3], hidden);
        rows.loadState(inputs[4], memory);
        for (int step = 0; step < rows.of().steps(); step++) {
            RecurrentFactor.in(hidden, states, rows, width + 1, 0);
            rows.load(inputs[0], step, GATES, sums);
            factor.multiply(states, sums);
            for (int gate = 0; gate < GATES; gate++) {
                RecurrentFactor.out(sums, gates[gate], rows, (long) GATES * width, (long) gate * width);
            }
            step(rows.count() * width);
            for (int gate = 0; gate < GATES; gate++) {
                rows.store(gates[gate], outputs[2], step, GATES, gate);
            }
            rows.store(memory, outputs[1], step, 1, 0);
            rows.store(hidden, outputs[0], step, 1, 0);
        }
    }

    private void step(int count) {
        Gates.sigmoid(gates[INPUT], count);
        Gates.sigmoid(gates[FORGET], count);
        Gates.tanh(gates[CANDIDATE], gates[CANDIDATE], count);
        Gates.sigmoid(gates[OUTPUT], count);
        Gates.remember(memory, gates[FORGET], gates[INPUT], gates[CANDIDATE], count);
        Gates.tanh(memory, hidden, count);
        Gates.product(hidden, hidden, gates[OUTPUT], count);
    }
}
