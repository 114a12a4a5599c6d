package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;

/// A formula over each row of scores (the last axis), computed in double and rounded once.
///
/// @param rows the number of rows
/// @param length the elements of a row
/// @param formula what becomes of a row
/// @param workers the threads
record RowKernel(int rows, int length, RowFormula formula, Workers workers) implements Kernel {
    /// Exponentials below which a part is not worth handing out (about 40 µs).
    private static final int PART = 1 << 12;

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        int grain = Math.max(1, PART / Math.max(1, length));
        workers.run(Math.ceilDiv(rows, grain), part -> {
            double[] row = new double[length];
            int end = Math.min(rows, (part + 1) * grain);
            for (int i = part * grain; i < end; i++) {
                read(inputs[0], i * length, row);
                formula.apply(row, i, inputs, outputs[0]);
            }
        });
    }

    private static void read(Elements x, int at, double[] row) {
        if (x.dtype() == DType.F32) {
            float[] from = x.floats();
            for (int i = 0; i < row.length; i++) {
                row[i] = from[at + i];
            }
        } else {
            System.arraycopy(x.doubles(), at, row, 0, row.length);
        }
    }
}
