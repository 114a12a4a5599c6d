package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.util.Arrays;

/// Hands every window's cotangent to the elements that equal the window's largest, in equal shares, for floats.
///
/// Padding counts as −∞ and takes part in a tie of −∞. A window without a winner (its largest is NaN, or none of its elements)
/// makes all of its elements NaN, and so does an infinite cotangent for the losers (0·∞), as in the expansion.
///
/// Tap by tap over whole planes, and without branches: which element wins is as good as random, and a processor that guesses
/// wrong loses more time than the arithmetic takes.
final class FloatMaxPoolGradient implements Kernel {
    /// Window elements below which a part is not worth handing out (about 30 µs).
    private static final int PART = 1 << 14;

    private final int planes;
    private final Windows windows;
    private final Workers workers;

    /// For every tap what each position reads in a plane, −1 in the padding.
    private final int[][] places;

    private final Pool<Plane> idle = new Pool<>(this::plane);

    FloatMaxPoolGradient(int planes, Windows windows, Workers workers) {
        this.planes = planes;
        this.windows = windows;
        this.workers = workers;
        this.places = new int[windows.taps()][];
        for (int tap = 0; tap < places.length; tap++) {
            places[tap] = windows.elements(tap);
        }
    }

    private Plane plane() {
        return new Plane(windows.positions(), places.length);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        int grain = Math.max(1, PART / Math.max(1, windows.positions() * places.length));
        workers.run(
                Math.ceilDiv(planes, grain),
                part -> run(inputs, outputs, part * grain, Math.min(planes, (part + 1) * grain)));
    }

    /// Computes the planes from `first` to before `end`.
    void run(Elements[] inputs, Elements[] outputs, int first, int end) {
        float[] x = inputs[0].floats();
        float[] y = inputs[1].floats();
        float[] ct = inputs[2].floats();
        float[] dx = outputs[0].floats();
        int positions = windows.positions();
        Plane plane = idle.borrow();
        for (int p = first; p < end; p++) {
            int from = p * windows.plane();
            Arrays.fill(dx, from, from + windows.plane(), 0);
            System.arraycopy(y, p * positions, plane.largest, 0, positions);
            System.arraycopy(ct, p * positions, plane.share, 0, positions);
            if (plane.isFinite() && plane.findsWinners(x, from, places)) {
                plane.distribute(dx, from, places);
            } else {
                plane.distributeAny(x, dx, from, places);
            }
        }
        idle.giveBack(plane);
    }

    /// The positions of one plane.
    private static final class Plane {
        private final float[] largest;
        private final float[] share;
        private final int[] losers;

        /// For every tap, and each position: all bits if the element there is not the largest, else none.
        private final int[][] loses;

        Plane(int positions, int taps) {
            largest = new float[positions];
            share = new float[positions];
            losers = new int[positions];
            loses = new int[taps][positions];
        }

        boolean isFinite() {
            float zero = 0;
            for (int i = 0; i < largest.length; i++) {
                zero += 0 * largest[i] + 0 * share[i];
            }
            return zero == 0;
        }

        /// Where the largest is finite, what lies between it and an element is 0 for winners alone. False if a window has none.
        boolean findsWinners(float[] x, int from, int[][] places) {
            Arrays.fill(losers, 0);
            for (int tap = 0; tap < places.length; tap++) {
                compare(x, from, places[tap], loses[tap]);
                add(loses[tap], losers);
            }
            int fewest = places.length;
            for (int lost : losers) {
                fewest = Math.min(fewest, places.length + lost);
            }
            return fewest > 0;
        }

        /// Gives the winners found their shares.
        void distribute(float[] dx, int from, int[][] places) {
            divide(places.length);
            // An element's last tap belongs to its first window: what it gets is added up in the order of the windows.
            for (int tap = places.length - 1; tap >= 0; tap--) {
                hand(loses[tap], dx, from, places[tap]);
            }
        }

        private void compare(float[] x, int from, int[] at, int[] lost) {
            for (int i = 0; i < lost.length; i++) {
                int place = at[i];
                float value = place < 0 ? Float.NEGATIVE_INFINITY : x[from + place];
                int magnitude = Float.floatToRawIntBits(value - largest[i]) << 1;
                lost[i] = (magnitude | -magnitude) >> 31;
            }
        }

        private static void add(int[] lost, int[] losers) {
            for (int i = 0; i < lost.length; i++) {
                losers[i] += lost[i];
            }
        }

        private void divide(int taps) {
            for (int i = 0; i < share.length; i++) {
                share[i] = 1 / (float) (taps + losers[i]) * share[i];
            }
        }

        private void hand(int[] lost, float[] dx, int from, int[] at) {
            for (int i = 0; i < lost.length; i++) {
                int place = at[i];
                if (place >= 0) {
                    dx[from + place] += Float.intBitsToFloat(Float.floatToRawIntBits(share[i]) & ~lost[i]);
                }
            }
        }

        void distributeAny(float[] x, float[] dx, int from, int[][] places) {
            for (int i = 0; i < largest.length; i++) {
                int winners = 0;
                for (int[] at : places) {
                    float value = at[i] < 0 ? Float.NEGATIVE_INFINITY : x[from + at[i]];
                    winners += value == largest[i] ? 1 : 0;
                }
                float part = 1 / (float) winners;
                float win = part * share[i];
                float lose = 0 * part * share[i];
                for (int[] at : places) {
                    if (at[i] >= 0) {
                        dx[from + at[i]] += x[from + at[i]] == largest[i] ? win : lose;
                    }
                }
            }
        }
    }
}
