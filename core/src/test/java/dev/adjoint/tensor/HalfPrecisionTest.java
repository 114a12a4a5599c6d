package dev.adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// 16-bit formats against their definition: the value of every pattern written out, and the nearest one looked up.
class HalfPrecisionTest {
    private static final int MANTISSA_F16 = 10;
    private static final int MANTISSA_BF16 = 7;

    /// The value of a pattern by the definition: (−1)^s · 2^(e−bias) · 1.m, subnormal for e = 0.
    private static double value(int bits, int mantissaBits) {
        int exponentBits = 15 - mantissaBits;
        int bias = (1 << (exponentBits - 1)) - 1;
        int exponent = (bits >> mantissaBits) & ((1 << exponentBits) - 1);
        double fraction = (bits & ((1 << mantissaBits) - 1)) / (double) (1 << mantissaBits);
        double sign = (bits & 0x8000) == 0 ? 1 : -1;
        if (exponent == (1 << exponentBits) - 1) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return exponent == 0 ? sign * Math.scalb(fraction, 1 - bias) : sign * Math.scalb(1 + fraction, exponent - bias);
    }

    private static void everyPatternIsItsValue(IntToDoubleFunction read, DoubleUnaryOperator rounded, int mantissa) {
        for (int bits = 0; bits < 1 << 16; bits++) {
            Double value = value(bits, mantissa);
            assertThat(read.applyAsDouble(bits)).as("pattern %x", bits).isEqualTo(value);
            assertThat(rounded.applyAsDouble(value)).as("pattern %x", bits).isEqualTo(value);
        }
    }

    @Test
    void everyPatternIsItsValue() {
        everyPatternIsItsValue(b -> HalfPrecision.fromF16((short) b), HalfPrecisionTest::f16, MANTISSA_F16);
        everyPatternIsItsValue(b -> HalfPrecision.fromBf16((short) b), HalfPrecisionTest::bf16, MANTISSA_BF16);
    }

    private static double f16(double x) {
        return HalfPrecision.fromF16(HalfPrecision.toF16(x));
    }

    private static double bf16(double x) {
        return HalfPrecision.fromBf16(HalfPrecision.toBf16(x));
    }

    private static void nearest(DoubleUnaryOperator rounded, int mantissa, int scale) {
        NavigableMap<Double, Integer> patterns = new TreeMap<>();
        for (int bits = 0; bits < 1 << 15; bits++) {
            if (Double.isFinite(value(bits, mantissa))) {
                patterns.put(value(bits, mantissa), bits);
            }
        }
        RandomGenerator random = new SplittableRandom(231);
        for (int i = 0; i < 20_000; i++) {
            double x = Math.scalb(random.nextDouble(), random.nextInt(-scale, scale));
            // Every other number is a tie between two neighbours, or a hair beside one.
            if ((i & 1) == 0) {
                double low = patterns.floorKey(x);
                x = (low + patterns.higherKey(low)) / 2;
                x = (i & 2) == 0 ? x : Math.nextUp(x);
            }
            assertThat(rounded.applyAsDouble(x)).as("%s", x).isEqualTo(definition(patterns, x));
            assertThat(rounded.applyAsDouble(-x)).as("-%s", x).isEqualTo(-definition(patterns, x));
        }
    }

    private static double definition(NavigableMap<Double, Integer> patterns, double x) {
        var low = patterns.floorEntry(x);
        var high = patterns.ceilingEntry(x);
        if (x - low.getKey() == high.getKey() - x) {
            return (low.getValue() & 1) == 0 ? low.getKey() : high.getKey();
        }
        return x - low.getKey() < high.getKey() - x ? low.getKey() : high.getKey();
    }

    @Test
    void doublesRoundOnceToTheNearestTiesToEven() {
        nearest(HalfPrecisionTest::f16, MANTISSA_F16, 15);
        nearest(HalfPrecisionTest::bf16, MANTISSA_BF16, 120);
    }

    @Test
    void numbersBeyondTheLargestAreInfinite() {
        assertThat(f16(65519.99)).isEqualTo(65504);
        assertThat(f16(65520)).isInfinite();
        assertThat(f16(1e300)).isInfinite();
        assertThat(bf16(-1e300)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(bf16(3.39e38)).isEqualTo(0x1.FEp127);
        assertThat(f16(Double.NaN)).isNaN();
        assertThat(bf16(Double.NaN)).isNaN();
    }
}
