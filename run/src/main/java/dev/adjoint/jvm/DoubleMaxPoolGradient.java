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
        int taps = windows.taps();
        Planes.run(workers, planes, windows, (places, from, at) -> {
            for (int first = 0; first < places.length; first += taps) {
                window(operands, at + first / taps, dx, from, places, first, first + taps);
            }
        });
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Operands(double[] x, double[] y, double[] ct) {}

    private static void window(Operands of, int at, double[] dx, int from, int[] places, int first, int end) {
        double largest = of.y[at];
        double share = 1 / (double) winners(of.x, from, places, first, end, largest);
        double win = share * of.ct[at];
        double lose = 0 * share * of.ct[at];
        for (int i = first; i < end; i++) {
            int place = places[i];
            if (place >= 0) {
                dx[from + place] += of.x[from + place] == largest ? win : lose;
            }
        }
    }

    private static int winners(double[] x, int from, int[] places, int first, int end, double largest) {
        int winners = 0;
        for (int i = first; i < end; i++) {
            int place = places[i];
            double value = place < 0 ? Double.NEGATIVE_INFINITY : x[from + place];
            winners += value == largest ? 1 : 0;
        }
        return winners;
    }
}
