package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;

/// Hands every window's cotangent to the elements that equal the window's largest, in equal shares, for doubles.
///
/// Padding counts as −∞ and takes part in a tie of −∞. A window without a winner (its largest is NaN) makes all of its
/// elements NaN, and so does an infinite cotangent for the losers (0·∞), as in the expansion.
record DoubleMaxPoolGradient(int planes, Windows windows, Workers workers) implements Kernel {
    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        Operands operands = new Operands(inputs[0].doubles(), inputs[1].doubles(), inputs[2].doubles());
        double[] dx = outputs[0].doubles();
        Planes.run(workers, planes, windows, plane -> plane(operands, dx, plane));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Operands(double[] x, double[] y, double[] ct) {}

    private void plane(Operands of, double[] dx, int plane) {
        int from = plane * windows.plane();
        int at = plane * windows.positions();
        for (int line = 0; line < windows.lines(); line++) {
            for (int position = 0; position < windows.lineLength(); position++) {
                double largest = of.y[at];
                int winners = winners(of.x, from, line, position, largest);
                double win = 1 / (double) winners * of.ct[at];
                double lose = 0 / (double) winners * of.ct[at];
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

    private int winners(double[] x, int from, int line, int position, double largest) {
        int winners = 0;
        for (int tap = 0; tap < windows.taps(); tap++) {
            int element = windows.element(line, position, tap);
            double value = element < 0 ? Double.NEGATIVE_INFINITY : x[from + element];
            winners += value == largest ? 1 : 0;
        }
        return winners;
    }
}
