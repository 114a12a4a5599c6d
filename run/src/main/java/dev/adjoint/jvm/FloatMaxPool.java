package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The largest element under every window, for floats: tap by tap over whole planes, because the maximum of two arrays is one
/// vector instruction, while that of two numbers costs 3 ns.
final class FloatMaxPool implements Kernel {
    /// Window elements below which a part is not worth handing out (about 30 µs).
    private static final int PART = 1 << 15;

    private final int planes;
    private final Windows windows;
    private final Workers workers;

    /// For every tap what each position reads in a plane, −1 in the padding.
    private final int[][] places;

    private final Queue<Reading> idle = new ConcurrentLinkedQueue<>();

    /// What one part at a time works on: the largest of the taps so far, and what the next tap reads.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Reading(float[] largest, float[] read) {}

    FloatMaxPool(int planes, Windows windows, Workers workers) {
        this.planes = planes;
        this.windows = windows;
        this.workers = workers;
        this.places = new int[windows.taps()][];
        for (int tap = 0; tap < places.length; tap++) {
            places[tap] = windows.elements(tap);
        }
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] x = inputs[0].floats();
        float[] y = outputs[0].floats();
        int positions = windows.positions();
        int grain = Math.max(1, PART / Math.max(1, positions * places.length));
        workers.run(Math.ceilDiv(planes, grain), part -> {
            Reading polled = idle.poll();
            Reading reading = polled == null ? new Reading(new float[positions], new float[positions]) : polled;
            float[] largest = reading.largest;
            float[] read = reading.read;
            for (int plane = part * grain; plane < Math.min(planes, (part + 1) * grain); plane++) {
                gather(x, plane * windows.plane(), places[0], largest);
                for (int tap = 1; tap < places.length; tap++) {
                    gather(x, plane * windows.plane(), places[tap], read);
                    maximum(read, largest);
                }
                System.arraycopy(largest, 0, y, plane * positions, positions);
            }
            idle.add(reading);
        });
    }

    private static void gather(float[] x, int from, int[] places, float[] y) {
        for (int i = 0; i < y.length; i++) {
            int place = places[i];
            y[i] = place < 0 ? Float.NEGATIVE_INFINITY : x[from + place];
        }
    }

    private static void maximum(float[] x, float[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(y[i], x[i]);
        }
    }
}
