package dev.adjoint.jvm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The exponentials of many floats, in float arithmetic: within 1.8 units in the last place, 0 below −104, ∞ above 89, e^NaN
/// NaN, and e^0 exactly 1. An element takes 0.2 ns, where the formula in double arithmetic of [FloatFunctions] takes 0.5.
///
/// eˣ = p·s² with s = 2ⁿ, n the integer nearest to x/(2 ln 2), and p = eʳ of the rest r = x − 2n ln 2. The square keeps s
/// among the numbers whose bits are those of their exponent, wherever eˣ is a float.
///
/// Bits become numbers through a second view of an array, in a loop of their own, since the compiler of the JVM makes no vector
/// instructions of `Float.intBitsToFloat`.
final class FloatExponentials {
    /// Added to a number below 2²², leaves the nearest integer in the last bits.
    private static final float ROUNDING = 0x1.8p23f;

    private static final float PER_HALVING = (float) (0.5 / Math.log(2));

    /// 2 ln 2 as a number of few bits, of which n times is exact, and the rest.
    private static final float STEP = 0x1.63p0f;

    private static final float STEP_REST = (float) (2 * Math.log(2) - STEP);

    private static final int EXPONENT_SHIFT = 23;
    private static final int ONE = Float.floatToRawIntBits(1);

    /// Beyond these eˣ rounds to 0 or ∞, and n is as it is inside.
    private static final float LOWEST = -105;

    private static final float HIGHEST = 100;

    private final float[] power;
    private final float[] scale;
    private final MemorySegment bits;

    /// Room for so many numbers.
    FloatExponentials(int most) {
        this.power = new float[most];
        this.scale = new float[most];
        this.bits = MemorySegment.ofArray(scale);
    }

    /// The room: numbers go in, [#apply] replaces them.
    float[] numbers() {
        return power;
    }

    /// A second copy of what [#apply] made, to work on until it is called again.
    float[] copy() {
        return scale;
    }

    /// Replaces the first numbers by their exponentials.
    void apply(int count) {
        split(power, scale, count);
        scales(bits, count);
        multiply(power, scale, count);
    }

    /// p, and n in the last bits of s.
    ///
    /// The coefficients of (eʳ − 1 − r)/r² for |r| ≤ 0.6935 are those of least largest error of eʳ, rounded one after the other: 0.4 units.
    private static void split(float[] x, float[] s, int count) {
        for (int i = 0; i < count; i++) {
            float limited = Math.min(HIGHEST, Math.max(LOWEST, x[i]));
            float rounded = Math.fma(limited, PER_HALVING, ROUNDING);
            float n = rounded - ROUNDING;
            float r = Math.fma(n, -STEP_REST, Math.fma(n, -STEP, limited));
            float q = Math.fma(r, 0.00019433783f, 0.0014073363f);
            q = Math.fma(r, q, 0.00833721f);
            q = Math.fma(r, q, 0.04166344f);
            q = Math.fma(r, q, 0.166666f);
            q = Math.fma(r, q, 0.5f);
            s[i] = rounded;
            x[i] = 1f + Math.fma(r * r, q, r);
        }
    }

    private static void scales(MemorySegment s, int count) {
        for (int i = 0; i < count; i++) {
            int n = s.getAtIndex(ValueLayout.JAVA_INT, i) << EXPONENT_SHIFT;
            s.setAtIndex(ValueLayout.JAVA_INT, i, n + ONE);
        }
    }

    /// p·s², twice.
    private static void multiply(float[] p, float[] s, int count) {
        for (int i = 0; i < count; i++) {
            float y = p[i] * s[i] * s[i];
            p[i] = y;
            s[i] = y;
        }
    }
}
