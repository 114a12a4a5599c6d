package dev.adjoint.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.jvm.LoopShape.Applied;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.SpecialFunctions;
import dev.adjoint.op.elementwise.Erf;
import dev.adjoint.op.elementwise.Exp;
import dev.adjoint.op.elementwise.Expm1;
import dev.adjoint.op.elementwise.Log;
import dev.adjoint.op.elementwise.Log1p;
import dev.adjoint.op.elementwise.Sigmoid;
import dev.adjoint.op.elementwise.Softplus;
import dev.adjoint.op.elementwise.Tanh;
import dev.adjoint.tensor.DType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The generated loops of the functions against double precision, which is within one unit of a double.
class FloatFunctionsTest {
    private static final float[] SPECIAL = {
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        0x1.fffffcp-127f,
        1e-30f,
        -1e-30f,
        0.75f,
        Math.nextDown(0.75f),
        1,
        Math.nextUp(1f),
        Math.nextDown(1f),
        -1,
        Math.nextUp(-1f),
        Math.nextDown(-1f),
        1.5f,
        Math.nextUp(1.5f),
        2.91668f,
        3.9f,
        3.93f,
        -3.93f,
        3.94f,
        -3.94f,
        9.01f,
        10,
        -10,
        17,
        -18,
        87,
        -87,
        88.7228f,
        88.72284f,
        89,
        -89,
        -103,
        -103.9f,
        -104,
        1e4f,
        -1e4f,
        0x1p104f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };

    /// A function's loop, what it should compute, and by fewer than how many units in the last place it may be off.
    record Function(String name, Loop loop, DoubleUnaryOperator exact, double bound) {
        private static Function of(Elementwise op, DoubleUnaryOperator exact) {
            return of(op, exact, 0.55);
        }

        private static Function of(Elementwise op, DoubleUnaryOperator exact, double bound) {
            Loop loop = Loops.SHARED.of(new LoopShape(
                    List.of(DType.F32),
                    List.of(Access.ALIGNED),
                    List.of(new Applied(op, List.of(0), DType.F32)),
                    List.of(1),
                    LoopShape.Writing.STORED));
            return new Function(op.formula(), loop, exact, bound);
        }

        @Override
        public String toString() {
            return name;
        }

        private float[] of(float[] x, int from, int end) {
            float[] y = new float[x.length];
            loop.run(new Object[] {x}, new Object[] {y}, new int[1], from, end);
            return y;
        }

        /// By how many units in the last place of the exact result, as a float, one is off.
        private double units(float x, float result) {
            double expected = exact.applyAsDouble(x);
            float rounded = (float) expected;
            if (!Float.isFinite(rounded) || rounded == 0) {
                return Float.compare(result, rounded) == 0 ? 0 : Double.POSITIVE_INFINITY;
            }
            return Math.abs(result - expected) / Math.ulp(rounded);
        }

        double worst(float[] x) {
            float[] y = of(x, 0, x.length);
            double worst = 0;
            for (int i = 0; i < x.length; i++) {
                double units = units(x[i], y[i]);
                worst = units <= worst ? worst : units;
            }
            return worst;
        }
    }

    static List<Function> functions() {
        return List.of(
                Function.of(new Exp(), StrictMath::exp),
                Function.of(new Expm1(), StrictMath::expm1),
                Function.of(new Tanh(), StrictMath::tanh, 1.41),
                Function.of(new Erf(), SpecialFunctions::erf),
                Function.of(new Log(), StrictMath::log),
                Function.of(new Log1p(), StrictMath::log1p),
                Function.of(new Sigmoid(), x -> 1 / (1 + StrictMath.exp(-x))),
                Function.of(new Softplus(), x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)))));
    }

    /// Numbers from every interval between powers of two, of both signs.
    private static float[] stratified(int each) {
        SplittableRandom random = new SplittableRandom(231);
        float[] x = new float[2 * 255 * each];
        for (int i = 0; i < x.length; i++) {
            int exponent = i / each;
            x[i] = Float.intBitsToFloat(exponent << 23 | random.nextInt(1 << 23));
        }
        // Exponents of 255 are infinities and NaN: of the negative half the first interval is that of 256.
        for (int i = 255 * each; i < x.length; i++) {
            x[i] = -x[i - 255 * each];
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void withinTheirBoundsOverAllExponents(Function function) {
        assertThat(function.worst(stratified(2000))).isLessThan(function.bound);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyFloatAroundOne(Function function) {
        float[] x = new float[1 << 17];
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat(Float.floatToIntBits(1) - (1 << 16) + i);
        }
        assertThat(function.worst(x)).isLessThan(function.bound);
    }

    /// Every seventh float from 2⁻⁶ to 16, where the functions are neither their first term nor their limit.
    @ParameterizedTest
    @MethodSource("functions")
    void denselyWhereTheyBend(Function function) {
        float[] x = new float[10 * (1 << 23) / 7];
        for (int i = 0; i < x.length; i++) {
            float size = Float.intBitsToFloat(Float.floatToIntBits(0x1p-6f) + 7 * i);
            x[i] = i % 2 == 0 ? size : -size;
        }
        assertThat(function.worst(x)).isLessThan(function.bound);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyKindOfFloat(Function function) {
        float[] y = function.of(SPECIAL, 0, SPECIAL.length);
        for (int i = 0; i < y.length; i++) {
            assertThat(function.units(SPECIAL[i], y[i]))
                    .as("%s(%s) = %s, not %s", function, SPECIAL[i], y[i], function.exact.applyAsDouble(SPECIAL[i]))
                    .isLessThan(function.bound);
        }
    }

    /// What vectors, the steps before and after them, and the interpreter compute of the same number are the same bits.
    @ParameterizedTest
    @MethodSource("functions")
    void bitsDoNotDependOnThePlace(Function function) {
        float[] x = stratified(20);
        float[] first = function.of(x, 0, x.length);
        for (int i = 0; i < 3000; i++) {
            function.of(x, 0, x.length);
        }
        for (int from = 0; from < 70; from++) {
            float[] y = function.of(x, from, x.length - from);
            assertThat(Arrays.equals(
                            Arrays.copyOfRange(y, from, x.length - from),
                            Arrays.copyOfRange(first, from, x.length - from)))
                    .as("from %s", from)
                    .isTrue();
        }
    }
}
