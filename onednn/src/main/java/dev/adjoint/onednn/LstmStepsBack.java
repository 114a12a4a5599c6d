package dev.adjoint.onednn;

import dev.adjoint.onednn.Sequences.Rows;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Blocks of sequences through the steps of [LstmSequenceGradient].
final class LstmStepsBack implements SequenceKernel.Steps {
    private static final int GATES = 4;
    private static final int INPUT = 0;
    private static final int FORGET = 1;
    private static final int CANDIDATE = 2;
    private static final int OUTPUT = 3;

    private final int width;
    private final float[][] gates;
    private final float[] before;
    private final float[] shown;
    private final float[] given;
    private final float[] ofMemory;
    private final float[] ofHidden;
    private final MemorySegment sums;
    private final MemorySegment states;

    LstmStepsBack(Sequences of) {
        int size = of.size();
        this.width = of.width();
        this.gates = new float[GATES][size];
        this.before = new float[size];
        this.shown = new float[size];
        this.given = new float[size];
        this.ofMemory = new float[size];
        this.ofHidden = new float[size];
        this.sums = Scratch.allocate((long) GATES * size);
        this.states = Scratch.allocate(size);
    }

    @Override
    public void run(RecurrentFactor factor, Rows rows, float[][] inputs, float[][] outputs) {
        int last = rows.of().steps() - 1;
        int count = rows.count() * width;
        Arrays.fill(ofHidden, 0);
        Arrays.fill(ofMemory, 0);
        rows.load(inputs[3], last, 1, 0, before);
        for (int step = last; step >= 0; step--) {
            load(rows, step, inputs);
            step(count);
            for (int gate = 0; gate < GATES; gate++) {
                rows.store(gates[gate], outputs[0], step, GATES, gate);
                RecurrentFactor.in(gates[gate], sums, rows, (long) GATES * width, (long) gate * width);
            }
            factor.multiply(sums, states);
            Scratch.copy(states, 0, ofHidden, 0, count);
        }
        rows.storeState(ofHidden, outputs[1]);
        rows.storeState(ofMemory, outputs[2]);
    }

    /// What the forward pass and later layers left at a step.
    private void load(Rows rows, int step, float[][] inputs) {
        int count = rows.count() * width;
        for (int gate = 0; gate < GATES; gate++) {
            rows.load(inputs[0], step, GATES, gate, gates[gate]);
        }
        Gates.tanh(before, shown, count);
        if (step > 0) {
            rows.load(inputs[3], step - 1, 1, 0, before);
        } else {
            rows.loadState(inputs[2], before);
        }
        rows.load(inputs[4], step, 1, 0, given);
        Gates.add(ofHidden, given, count);
        if (inputs.length > 5) {
            rows.load(inputs[5], step, 1, 0, given);
            Gates.add(ofMemory, given, count);
        }
    }

    private void step(int count) {
        Gates.ofOutput(ofMemory, ofHidden, gates[OUTPUT], shown, count);
        Gates.ofInput(ofMemory, gates[INPUT], gates[CANDIDATE], count);
        Gates.ofForget(ofMemory, gates[FORGET], before, count);
    }
}
