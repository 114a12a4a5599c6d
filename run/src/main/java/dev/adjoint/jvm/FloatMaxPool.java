package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;

/// The largest element under every window, for floats.
record FloatMaxPool(int planes, Windows windows, Workers workers) implements Kernel {
    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] x = inputs[0].floats();
        float[] y = outputs[0].floats();
        int taps = windows.taps();
        Planes.run(workers, planes, windows, (places, from, at) -> line(x, from, places, taps, y, at));
    }

    private static void line(float[] x, int from, int[] places, int taps, float[] y, int at) {
        for (int first = 0; first < places.length; first += taps) {
            float largest = Float.NEGATIVE_INFINITY;
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
