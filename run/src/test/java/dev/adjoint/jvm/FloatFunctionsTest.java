package dev.adjoint.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.op.Numbers;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The functions against those of `java.lang.Math`, which are within one unit of a double.
class FloatFunctionsTest {
    private static final Numbers NUMBERS = new Numbers();

    private static float ours(String function, float x) {
        return FloatFunctions.apply(function, NUMBERS, (double) x).floatValue();
    }

    /// By how many units in the last place of the float the result is off.
    private static double units(String function, float x) {
        double exact = NUMBERS.math(function, (double) x);
        float ours = ours(function, x);
        return Float.isFinite((float) exact) ? Math.abs(ours - exact) / Math.ulp((float) exact) : 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "expm1", "tanh"})
    void withinHalfAUnitOfAFloat(String function) {
        SplittableRandom random = new SplittableRandom(231);
        double worst = 0;
        for (int i = 0; i < 1_000_000; i++) {
            float wide = (float) random.nextDouble(-110, 92);
            float small = (float) Math.scalb(random.nextDouble(-1, 1), random.nextInt(-40, 5));
            worst = Math.max(worst, Math.max(units(function, wide), units(function, small)));
        }
        assertThat(worst).isLessThan(0.51);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "expm1", "tanh"})
    void everyKindOfFloat(String function) {
        float[] special = {
            0f,
            -0f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            1e-30f,
            -1e-30f,
            87,
            -87,
            88.8f,
            89,
            -103,
            -104,
            1e4f,
            -1e4f,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.NaN
        };
        for (float x : special) {
            float exact = NUMBERS.math(function, (double) x).floatValue();
            assertThat(Float.compare(ours(function, x), exact))
                    .as("%s(%s)", function, x)
                    .isZero();
        }
    }
}
