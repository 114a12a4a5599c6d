package dev.adjoint.onednn;

import dev.adjoint.onednn.RecurrentWeights.Part;
import dev.adjoint.onednn.Sequences.Place;
import dev.adjoint.onednn.Sequences.Rows;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// The steps of [dev.adjoint.op.composite.LstmSequence] and [dev.adjoint.op.composite.LstmSequenceGradient].
record LstmCells() implements RecurrentCell {
    private static final int INPUT = 0;
    private static final int FORGET = 1;
    private static final int CANDIDATE = 2;
    private static final int OUTPUT = 3;

    @Override
    public List<Part> parts(Sequences of) {
        return List.of(new Part(0, of.depth(), 0, of.wide()));
    }

    @Override
    public void fill(float[][] inputs, Sequences of, MemorySegment plain) {
        int bias = of.inputs() * of.wide();
        Scratch.copy(inputs[1], 0, plain, 0, bias);
        Scratch.copy(inputs[2], 0, plain, bias + of.wide(), of.width() * of.wide());
    }

    @Override
    public void fillBias(float[][] inputs, Sequences of, MemorySegment plain) {
        Scratch.copy(inputs[3], 0, plain, (long) of.inputs() * of.wide(), of.wide());
    }

    @Override
    public void spread(MemorySegment plain, Sequences of, float[][] outputs) {
        int bias = of.inputs() * of.wide();
        Scratch.copy(plain, 0, outputs[1], 0, bias);
        Scratch.copy(plain, bias, outputs[3], 0, of.wide());
        Scratch.copy(plain, bias + of.wide(), outputs[2], 0, of.width() * of.wide());
    }

    @Override
    public Forward forward(Sequences of) {
        return new Steps(of);
    }

    @Override
    public Back back(Sequences of) {
        return new StepsBack(of);
    }

    private static final class Steps implements Forward {
        private final float[][] gates;
        private final float[] memory;
        private final float[] hidden;

        Steps(Sequences of) {
            gates = new float[Sequences.GATES][of.size()];
            memory = new float[of.size()];
            hidden = new float[of.size()];
        }

        @Override
        public void begin(Rows rows, float[][] inputs) {
            rows.loadState(inputs[4], hidden);
            rows.loadState(inputs[5], memory);
        }

        @Override
        public float[] hidden() {
            return hidden;
        }

        @Override
        public void step(Rows rows, int step, Place sums, float[][] outputs) {
            for (int gate = 0; gate < Sequences.GATES; gate++) {
                rows.out(sums, gate, gates[gate]);
            }
            compute(rows.size());
            for (int gate = 0; gate < Sequences.GATES; gate++) {
                rows.store(gates[gate], outputs[2], step, Sequences.GATES, gate);
            }
            rows.store(memory, outputs[1], step, 1, 0);
            rows.store(hidden, outputs[0], step, 1, 0);
        }

        private void compute(int count) {
            Gates.sigmoid(gates[INPUT], count);
            Gates.sigmoid(gates[FORGET], count);
            Gates.tanh(gates[CANDIDATE], gates[CANDIDATE], count);
            Gates.sigmoid(gates[OUTPUT], count);
            Gates.remember(memory, gates[FORGET], gates[INPUT], gates[CANDIDATE], count);
            Gates.tanh(memory, hidden, count);
            Gates.multiply(hidden, gates[OUTPUT], count);
        }
    }

    private static final class StepsBack implements Back {
        private static final int GIVEN_MEMORY = 9;

        private final float[][] gates;
        private final float[] before;
        private final float[] shown;
        private final float[] given;
        private final float[] ofMemory;
        private final float[] ofHidden;

        StepsBack(Sequences of) {
            int size = of.size();
            gates = new float[Sequences.GATES][size];
            before = new float[size];
            shown = new float[size];
            given = new float[size];
            ofMemory = new float[size];
            ofHidden = new float[size];
        }

        @Override
        public void begin(Rows rows, float[][] inputs) {
            Arrays.fill(ofHidden, 0);
            Arrays.fill(ofMemory, 0);
            rows.load(inputs[6], rows.of().steps() - 1, 1, 0, before);
        }

        @Override
        public void step(Rows rows, int step, Place sums, float[][] inputs) {
            int count = rows.size();
            load(rows, step, inputs);
            Gates.ofOutput(ofMemory, ofHidden, gates[OUTPUT], shown, count);
            Gates.ofInput(ofMemory, gates[INPUT], gates[CANDIDATE], count);
            Gates.ofForget(ofMemory, gates[FORGET], before, count);
            for (int gate = 0; gate < Sequences.GATES; gate++) {
                rows.in(gates[gate], sums, gate);
            }
            Arrays.fill(ofHidden, 0);
        }

        /// What the forward pass and later layers left at a step.
        private void load(Rows rows, int step, float[][] inputs) {
            int count = rows.size();
            for (int gate = 0; gate < Sequences.GATES; gate++) {
                rows.load(inputs[7], step, Sequences.GATES, gate, gates[gate]);
            }
            Gates.tanh(before, shown, count);
            if (step > 0) {
                rows.load(inputs[6], step - 1, 1, 0, before);
            } else {
                rows.loadState(inputs[4], before);
            }
            rows.load(inputs[8], step, 1, 0, given);
            Gates.add(ofHidden, given, count);
            if (inputs.length > GIVEN_MEMORY) {
                rows.load(inputs[GIVEN_MEMORY], step, 1, 0, given);
                Gates.add(ofMemory, given, count);
            }
        }

        @Override
        public float[] ofHidden() {
            return ofHidden;
        }

        @Override
        public void end(Rows rows, float[][] outputs) {
            rows.storeState(ofHidden, outputs[4]);
            rows.storeState(ofMemory, outputs[5]);
        }

        @Override
        public float[] states(float[][] inputs) {
            return inputs[5];
        }
    }
}
