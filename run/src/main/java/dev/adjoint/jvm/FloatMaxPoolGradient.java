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
        int taps = windows.taps();
        Planes.run(workers, planes, windows, (places, from, at) -> {
            for (int first = 0; first < places.length; first += taps) {
                window(operands, at + first / taps, dx, from, places, first, first + taps);
            }
        });
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Operands(float[] x, float[] y, float[] ct) {}

    private static void window(Operands of, int at, float[] dx, int from, int[] places, int first, int end) {
        float largest = of.y[at];
        float share = 1 / (float) winners(of.x, from, places, first, end, largest);
        float win = share * of.ct[at];
        float lose = 0 * share * of.ct[at];
        for (int i = first; i < end; i++) {
            int place = places[i];
            if (place >= 0) {
                dx[from + place] += of.x[from + place] == largest ? win : lose;
            }
        }
    }

    private static int winners(float[] x, int from, int[] places, int first, int end, float largest) {
        int winners = 0;
        for (int i = first; i < end; i++) {
            int place = places[i];
            float value = place < 0 ? Float.NEGATIVE_INFINITY : x[from + place];
            winners += value == largest ? 1 : 0;
        }
        return winners;
    }
}
