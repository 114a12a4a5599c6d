package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;

/// The largest element under every window, for floats: tap by tap over whole planes, several small ones at
/// a time, because the maximum of two arrays is one
/// vector instruction, while that of two numbers costs 3 ns.
final class FloatMaxPool implements Kernel {
    /// Window elements below which a part is not worth handing out (about 30 µs).
    private static final int PART = 1 << 15;

    /// Positions of small planes that are gone through together.
    private static final int GROUP = 1 << 10;

    private final int planes;

    /// Planes that are gone through together.
    private final int group;

    private final Windows windows;
    private final Workers workers;

    /// For every tap what each position of a group reads, −1 in the padding.
    private final int[][] places;

    private final Pool<Reading> idle = new Pool<>(this::reading);

    /// What one part at a time works on: the largest of the taps so far, and what the next tap reads.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Reading(float[] largest, float[] read) {}

    FloatMaxPool(int planes, Windows windows, Workers workers) {
        this.planes = planes;
        this.windows = windows;
        this.workers = workers;
        this.group = Math.clamp(GROUP / Math.max(1, windows.positions()), 1, Math.max(1, planes));
        this.places = new int[windows.taps()][];
        for (int tap = 0; tap < places.length; tap++) {
            places[tap] = repeated(windows.elements(tap));
        }
    }

    /// What one plane's positions read, for all planes of a group.
    private int[] repeated(int[] elements) {
        int[] repeated = new int[group * elements.length];
        for (int i = 0; i < repeated.length; i++) {
            int element = elements[i % elements.length];
            repeated[i] = element < 0 ? element : i / elements.length * windows.plane() + element;
        }
        return repeated;
    }

    private Reading reading() {
        int positions = group * windows.positions();
        return new Reading(new float[positions], new float[positions]);
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
        int grain = group * Math.max(1, PART / Math.max(1, group * positions * places.length));
        workers.run(Math.ceilDiv(planes, grain), part -> {
            Reading reading = idle.borrow();
            int end = Math.min(planes, (part + 1) * grain);
            for (int plane = part * grain; plane < end; plane += group) {
                int count = Math.min(group, end - plane) * positions;
                largest(x, plane * windows.plane(), reading, count);
                System.arraycopy(reading.largest, 0, y, plane * positions, count);
            }
            idle.giveBack(reading);
        });
    }

    private void largest(float[] x, int from, Reading reading, int count) {
        gather(x, from, places[0], reading.largest, count);
        for (int tap = 1; tap < places.length; tap++) {
            gather(x, from, places[tap], reading.read, count);
            maximum(reading.read, reading.largest, count);
        }
    }

    private static void gather(float[] x, int from, int[] places, float[] y, int count) {
        for (int i = 0; i < count; i++) {
            int place = places[i];
            y[i] = place < 0 ? Float.NEGATIVE_INFINITY : x[from + place];
        }
    }

    private static void maximum(float[] x, float[] y, int count) {
        for (int i = 0; i < count; i++) {
            y[i] = Math.max(y[i], x[i]);
        }
    }
}
