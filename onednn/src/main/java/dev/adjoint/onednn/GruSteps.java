package dev.adjoint.onednn;

import dev.adjoint.onednn.Sequences.Rows;
import java.lang.foreign.MemorySegment;

/// Blocks of sequences through the steps of [GruSequence].
final class GruSteps implements SequenceKernel.Steps {
    private static final int SUMS = 3;
    private static final int GATES = 4;
    private static final int RESET = 0;
    private static final int UPDATE = 1;
    private static final int CANDIDATE = 2;

    /// What the reset gate is multiplied with, h·U + d.
    private static final int FACTOR = 3;

    private final int width;
    private final float[][] gates;
    private final float[] ofState;
    private final float[] hidden;
    private final MemorySegment states;
    private final MemorySegment sums;

    GruSteps(Sequences of) {
        this.width = of.width();
        this.gates = new float[GATES][of.size()];
        this.ofState = new float[of.size()];
        this.hidden = new float[of.size()];
        this.states = RecurrentFactor.states(of);
        this.sums = Scratch.allocate((long) SUMS * of.size());
    }

    @Override
    public void run(RecurrentFactor factor, Rows rows, float[][] inputs, float[][] outputs) {
        int count = rows.count() * width;
        rows.loadState(inputs[3], hidden);
        for (int step = 0; step < rows.of().steps(); step++) {
            RecurrentFactor.in(hidden, states, rows, width + 1, 0);
            factor.multiply(states, sums);
            for (int gate = 0; gate < SUMS; gate++) {
                rows.load(inputs[0], step, SUMS, gate, gates[gate]);
            }
            for (int gate = RESET; gate <= UPDATE; gate++) {
                RecurrentFactor.out(sums, ofState, rows, (long) SUMS * width, (long) gate * width);
                Gates.add(gates[gate], ofState, count);
                Gates.sigmoid(gates[gate], count);
            }
            RecurrentFactor.out(sums, gates[FACTOR], rows, (long) SUMS * width, 2L * width);
            Gates.addProduct(gates[CANDIDATE], gates[RESET], gates[FACTOR], count);
            Gates.tanh(gates[CANDIDATE], gates[CANDIDATE], count);
            Gates.renew(hidden, gates[UPDATE], gates[CANDIDATE], count);
            for (int gate = 0; gate < GATES; gate++) {
                rows.store(gates[gate], outputs[1], step, GATES, gate);
            }
            rows.store(hidden, outputs[0], step, 1, 0);
        }
    }
}
