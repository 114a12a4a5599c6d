package dev.adjoint.jvm;

import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;

/// Numbers of 16 bits as floats and back, many at a time: widening is exact, narrowing rounds to the nearest, ties to even.
/// The same numbers as [dev.adjoint.tensor.HalfPrecision] gives one by one; its NaN is the one NaN here, too.
///
/// @param dtype bfloat16 or binary16
/// @param workers the threads
record HalfFloats(DType dtype, Workers workers) {
    /// Numbers that one thread converts at a time.
    private static final int PART = 1 << 16;

    private static final short BF16_NAN = 0x7fc0;
    private static final short F16_NAN = 0x7e00;

    void widen(Elements from, float[] to) {
        short[] bits = from.shorts();
        boolean bfloat = dtype == DType.BF16;
        workers.run(Math.ceilDiv(to.length, PART), part -> {
            int start = part * PART;
            int end = Math.min(to.length, start + PART);
            if (bfloat) {
                widenBf16(bits, to, start, end);
            } else {
                widenF16(bits, to, start, end);
            }
        });
    }

    void narrow(float[] from, Elements to) {
        short[] bits = to.shorts();
        boolean bfloat = dtype == DType.BF16;
        workers.run(Math.ceilDiv(from.length, PART), part -> {
            int start = part * PART;
            int end = Math.min(from.length, start + PART);
            if (bfloat) {
                narrowBf16(from, bits, start, end);
            } else {
                narrowF16(from, bits, start, end);
            }
        });
    }

    private static void widenBf16(short[] from, float[] to, int start, int end) {
        for (int i = start; i < end; i++) {
            to[i] = Float.intBitsToFloat(from[i] << 16);
        }
    }

    private static void widenF16(short[] from, float[] to, int start, int end) {
        for (int i = start; i < end; i++) {
            to[i] = Float.float16ToFloat(from[i]);
        }
    }

    /// Adding just below half a unit, or half a unit to an odd number, carries into the upper half what rounds up.
    private static void narrowBf16(float[] from, short[] to, int start, int end) {
        for (int i = start; i < end; i++) {
            int bits = Float.floatToRawIntBits(from[i]);
            int rounded = (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
            to[i] = Float.isNaN(from[i]) ? BF16_NAN : (short) rounded;
        }
    }

    private static void narrowF16(float[] from, short[] to, int start, int end) {
        for (int i = start; i < end; i++) {
            to[i] = Float.isNaN(from[i]) ? F16_NAN : Float.floatToFloat16(from[i]);
        }
    }
}
