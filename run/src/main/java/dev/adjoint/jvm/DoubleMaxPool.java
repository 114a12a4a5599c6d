package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;

/// The largest element under every window, for doubles.
record DoubleMaxPool(int planes, Windows windows, Workers workers) implements Kernel {
    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        double[] x = inputs[0].doubles();
        double[] y = outputs[0].doubles();
        int taps = windows.taps();
        Planes.run(workers, planes, windows, (places, from, at) -> line(x, from, places, taps, y, at));
    }

    private static void line(double[] x, int from, int[] places, int taps, double[] y, int at) {
        for (int first = 0; first < places.length; first += taps) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = first; i < first + taps; i++) {
                int place = places[i];
                if (place >= 0) {
                    largest = Math.max(largest, x[from + place]);
                }
            }
            y[at++] = largest;
        }
    }
}
