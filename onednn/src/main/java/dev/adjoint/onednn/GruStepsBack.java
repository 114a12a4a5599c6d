package dev.adjoint.onednn;

import dev.adjoint.onednn.Sequences.Rows;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Blocks of sequences through the steps of [GruSequenceGradient].
final class GruStepsBack implements SequenceKernel.Steps {
    private static final int SUMS = 3;
    private static final int GATES = 4;
    private static final int RESET = 0;
    private static final int UPDATE = 1;
    private static final int CANDIDATE = 2;
    private static final int FACTOR = 3;

    private final int width;
    private final float[][] gates;
    private final float[] before;
    private final float[] given;
    private final float[] ofHidden;
    private final MemorySegment sums;
    private final MemorySegment states;

    GruStepsBack(Sequences of) {
        int size = of.size();
        this.width = of.width();
        this.gates = new float[GATES][size];
        this.before = new float[size];
        this.given = new float[size];
        this.ofHidden = new float[size];
        this.sums = Scratch.allocate((long) SUMS * size);
        this.states = Scratch.allocate(size);
    }

    @Override
    public void run(RecurrentFactor factor, Rows rows, float[][] inputs, float[][] outputs) {
        int count = rows.count() * width;
        Arrays.fill(ofHidden, 0);
        for (int step = rows.of().steps() - 1; step >= 0; step--) {
            load(rows, step, inputs);
            Gates.ofUpdate(ofHidden, gates[UPDATE], gates[CANDIDATE], before, count);
            Gates.ofReset(gates[RESET], gates[CANDIDATE], gates[FACTOR], count);
            for (int gate = 0; gate < SUMS; gate++) {
                float[] ofState = gates[gate == CANDIDATE ? FACTOR : gate];
                rows.store(gates[gate], outputs[0], step, SUMS, gate);
                rows.store(ofState, outputs[1], step, SUMS, gate);
                RecurrentFactor.in(ofState, sums, rows, (long) SUMS * width, (long) gate * width);
            }
            factor.multiply(sums, states);
            Scratch.copy(states, 0, given, 0, count);
            Gates.add(ofHidden, given, count);
        }
        rows.storeState(ofHidden, outputs[2]);
    }

    private void load(Rows rows, int step, float[][] inputs) {
        for (int gate = 0; gate < GATES; gate++) {
            rows.load(inputs[0], step, GATES, gate, gates[gate]);
        }
        if (step > 0) {
            rows.load(inputs[3], step - 1, 1, 0, before);
        } else {
            rows.loadState(inputs[2], before);
        }
        rows.load(inputs[4], step, 1, 0, given);
        Gates.add(ofHidden, given, rows.count() * width);
    }
}
