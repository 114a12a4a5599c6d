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
        Planes.run(workers, planes, windows, plane -> plane(x, y, plane));
    }

    private void plane(float[] x, float[] y, int plane) {
        int from = plane * windows.plane();
        int at = plane * windows.positions();
        for (int line = 0; line < windows.lines(); line++) {
            for (int position = 0; position < windows.lineLength(); position++) {
                float largest = Float.NEGATIVE_INFINITY;
                for (int tap = 0; tap < windows.taps(); tap++) {
                    int element = windows.element(line, position, tap);
                    if (element >= 0) {
                        largest = Math.max(largest, x[from + element]);
                    }
                }
                y[at++] = largest;
            }
        }
    }
}
