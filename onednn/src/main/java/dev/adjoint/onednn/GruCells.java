package dev.adjoint.onednn;

import dev.adjoint.onednn.RecurrentWeights.Part;
import dev.adjoint.onednn.Sequences.Place;
import dev.adjoint.onednn.Sequences.Rows;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// The steps of [dev.adjoint.op.composite.GruSequence] and [dev.adjoint.op.composite.GruSequenceGradient].
///
/// What the reset gate multiplies is the fourth part of the sums: inputs do not add to it, and states not to the third.
record GruCells() implements RecurrentCell {
    private static final int SUMS = 3;
    private static final int RESET = 0;
    private static final int UPDATE = 1;
    private static final int CANDIDATE = 2;
    private static final int FACTOR = 3;

    @Override
    public List<Part> parts(Sequences of) {
        int width = of.width();
        int inputs = of.inputs();
        return List.of(
                new Part(0, of.depth(), 0, 2 * width),
                new Part(0, inputs + 1, 2 * width, width),
                new Part(inputs, 1 + width, SUMS * width, width));
    }

    @Override
    public void fill(float[][] inputs, Sequences of, MemorySegment plain) {
        int width = of.width();
        for (int row = 0; row < of.inputs(); row++) {
            Scratch.copy(inputs[1], row * SUMS * width, plain, (long) row * of.wide(), SUMS * width);
        }
        for (int row = 0; row < width; row++) {
            int from = row * SUMS * width;
            long to = (of.inputs() + 1 + row) * (long) of.wide();
            Scratch.copy(inputs[2], from, plain, to, 2 * width);
            Scratch.copy(inputs[2], from + 2 * width, plain, to + 3L * width, width);
        }
    }

    @Override
    public void fillBias(float[][] inputs, Sequences of, MemorySegment plain) {
        int width = of.width();
        float[] both = Arrays.copyOf(inputs[3], of.wide());
        for (int i = 0; i < 2 * width; i++) {
            both[i] += inputs[4][i];
        }
        System.arraycopy(inputs[4], 2 * width, both, SUMS * width, width);
        Scratch.copy(both, 0, plain, (long) of.inputs() * of.wide(), of.wide());
    }

    @Override
    public void spread(MemorySegment plain, Sequences of, float[][] outputs) {
        int width = of.width();
        for (int row = 0; row < of.inputs(); row++) {
            Scratch.copy(plain, (long) row * of.wide(), outputs[1], row * SUMS * width, SUMS * width);
        }
        for (int row = 0; row < width; row++) {
            ofState(plain, of.inputs() + 1 + row, outputs[2], row, width);
        }
        Scratch.copy(plain, (long) of.inputs() * of.wide(), outputs[3], 0, SUMS * width);
        ofState(plain, of.inputs(), outputs[4], 0, width);
    }

    private static void ofState(MemorySegment plain, int from, float[] to, int row, int width) {
        long at = (long) from * Sequences.GATES * width;
        Scratch.copy(plain, at, to, row * SUMS * width, 2 * width);
        Scratch.copy(plain, at + 3L * width, to, (row * SUMS + 2) * width, width);
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
        private final float[] hidden;

        Steps(Sequences of) {
            gates = new float[Sequences.GATES][of.size()];
            hidden = new float[of.size()];
        }

        @Override
        public void begin(Rows rows, float[][] inputs) {
            rows.loadState(inputs[5], hidden);
        }

        @Override
        public float[] hidden() {
            return hidden;
        }

        @Override
        public void step(Rows rows, int step, Place sums, float[][] outputs) {
            int count = rows.size();
            for (int gate = 0; gate < Sequences.GATES; gate++) {
                rows.out(sums, gate, gates[gate]);
            }
            Gates.sigmoid(gates[RESET], count);
            Gates.sigmoid(gates[UPDATE], count);
            Gates.addProduct(gates[CANDIDATE], gates[RESET], gates[FACTOR], count);
            Gates.tanh(gates[CANDIDATE], gates[CANDIDATE], count);
            Gates.renew(hidden, gates[UPDATE], gates[CANDIDATE], count);
            for (int gate = 0; gate < Sequences.GATES; gate++) {
                rows.store(gates[gate], outputs[1], step, Sequences.GATES, gate);
            }
            rows.store(hidden, outputs[0], step, 1, 0);
        }
    }

    private static final class StepsBack implements Back {
        private final float[][] gates;
        private final float[] before;
        private final float[] given;
        private final float[] ofHidden;

        StepsBack(Sequences of) {
            int size = of.size();
            gates = new float[Sequences.GATES][size];
            before = new float[size];
            given = new float[size];
            ofHidden = new float[size];
        }

        @Override
        public void begin(Rows rows, float[][] inputs) {
            Arrays.fill(ofHidden, 0);
        }

        @Override
        public void step(Rows rows, int step, Place sums, float[][] inputs) {
            int count = rows.size();
            load(rows, step, inputs);
            Gates.ofUpdate(ofHidden, gates[UPDATE], gates[CANDIDATE], before, count);
            Gates.ofReset(gates[RESET], gates[CANDIDATE], gates[FACTOR], count);
            for (int gate = 0; gate < Sequences.GATES; gate++) {
                rows.in(gates[gate], sums, gate);
            }
        }

        private void load(Rows rows, int step, float[][] inputs) {
            for (int gate = 0; gate < Sequences.GATES; gate++) {
                rows.load(inputs[5], step, Sequences.GATES, gate, gates[gate]);
            }
            if (step > 0) {
                rows.load(inputs[4], step - 1, 1, 0, before);
            } else {
                rows.loadState(inputs[3], before);
            }
            rows.load(inputs[6], step, 1, 0, given);
            Gates.add(ofHidden, given, rows.size());
        }

        @Override
        public float[] ofHidden() {
            return ofHidden;
        }

        @Override
        public void end(Rows rows, float[][] outputs) {
            rows.storeState(ofHidden, outputs[5]);
        }

        @Override
        public float[] states(float[][] inputs) {
            return inputs[4];
        }
    }
}
