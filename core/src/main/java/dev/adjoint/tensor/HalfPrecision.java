package dev.adjoint.tensor;

/// Numbers of 16 bits as bit patterns: IEEE 754 binary16 and bfloat16.
///
/// Conversions from double round once, to the nearest, ties to even; NaN becomes the one quiet NaN of the format.
public final class HalfPrecision {
    private static final short BF16_NAN = 0x7fc0;

    private HalfPrecision() {}

    /// The nearest binary16; beyond 65520 in size it is infinite.
    public static short toF16(double value) {
        return Float.floatToFloat16(oddFloat(value));
    }

    /// The value of a binary16.
    public static double fromF16(short bits) {
        return (double) Float.float16ToFloat(bits);
    }

    /// The nearest bfloat16.
    public static short toBf16(double value) {
        int bits = Float.floatToRawIntBits(oddFloat(value));
        int upper = bits >>> 16;
        int toEven = 0x7fff + (upper & 1);
        return Double.isNaN(value) ? BF16_NAN : (short) ((bits + toEven) >>> 16);
    }

    /// The value of a bfloat16.
    public static double fromBf16(short bits) {
        return (double) Float.intBitsToFloat(bits << 16);
    }

    /// The float next to the value towards zero, with its last bit set if that is not exact. Rounding it to fewer bits is
    /// rounding the value itself, so that two roundings never add up (Boldo and Melquiond, "When double rounding is odd",
    /// 2005).
    private static float oddFloat(double value) {
        float near = (float) value;
        if (Double.isNaN(value)) {
            return Float.NaN;
        }
        if ((double) near == value) {
            return near;
        }
        int bits = Float.floatToRawIntBits(near);
        int towardsZero = Math.abs((double) near) > Math.abs(value) ? bits - 1 : bits;
        return Float.intBitsToFloat(towardsZero | 1);
    }
}
