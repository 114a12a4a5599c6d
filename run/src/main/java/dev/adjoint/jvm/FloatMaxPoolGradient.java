package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;

/// Hands every window's cotangent to the elements that equal the window's largest, in equal shares, for floats.
///
/// Padding counts as −∞ and takes part in a tie of −∞. A window without a winner (its largest is NaN) makes all of its
/// elements NaN, and so does an infinite cotangent for the losers (0·∞), as in the expansion.
record FloatMaxPoolGradient(int planes, Windows windows, Workers workers) implements Kernel {
    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        Operands operands = new Operands(inputs[0].floats(), inputs[1].floats(), inputs[2].floats());
        float[] dx = outputs[0].floats();
        Planes.run(workers, planes, windows, plane -> plane(operands, dx, plane));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Operands(float[] x, float[] y, float[] ct) {}

    private void plane(Operands of, float[] dx, int plane) {
        int from = plane * windows.plane();
        int at = plane * windows.positions();
        for (int line = 0; line < windows.lines(); line++) {
            for (int position = 0; position < windows.lineLength(); position++) {
                float largest = of.y[at];
                int winners = winners(of.x, from, line, position, largest);
                float win = 1 / (float) winners * of.ct[at];
                float lose = 0 / (float) winners * of.ct[at];
                for (int tap = 0; tap < windows.taps(); tap++) {
                    int element = windows.element(line, position, tap);
                    if (element >= 0) {
                        dx[from + element] += of.x[from + element] == largest ? win : lose;
                    }
                }
                at++;
            }
        }
    }

    private int winners(float[] x, int from, int line, int position, float largest) {
        int winners = 0;
        for (int tap = 0; tap < windows.taps(); tap++) {
            int element = windows.element(line, position, tap);
            float value = element < 0 ? Float.NEGATIVE_INFINITY : x[from + element];
            winners += value == largest ? 1 : 0;
        }
        return winners;
    }
}
