package dev.adjoint.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Against double precision, which is within one unit of a double.
class FloatExponentialsTest {
    private static final int COUNT = 1 << 12;

    /// All of the range in which eˣ is a normal float, in steps that are no multiple of anything.
    @Test
    void withinAFewUnitsInTheLastPlace() {
        FloatExponentials exponentials = new FloatExponentials(COUNT);
        double worst = 0;
        for (int block = 0; block < 500; block++) {
            float[] x = new float[COUNT];
            for (int i = 0; i < COUNT; i++) {
                x[i] = (float) (-87.3 + 176.02 * (block * COUNT + i) / (500.0 * COUNT));
            }
            float[] y = exponentials(exponentials, x);
            for (int i = 0; i < COUNT; i++) {
                double exact = Math.exp(x[i]);
                worst = Math.max(worst, Math.abs(y[i] - exact) / Math.ulp((float) exact));
            }
        }
        assertThat(worst).isLessThan(1.8);
    }

    @Test
    void theEndsOfTheRange() {
        float inf = Float.POSITIVE_INFINITY;
        float[] x = {0f, -0f, -inf, inf, Float.NaN, 89f, 1e10f, 3e38f, -104.5f, -1e10f, -3e38f, -100f};
        float[] y = exponentials(new FloatExponentials(x.length), x);
        assertThat(y).containsExactly(1f, 1f, 0f, inf, Float.NaN, inf, inf, inf, 0f, 0f, 0f, (float) Math.exp(-100));
    }

    private static float[] exponentials(FloatExponentials exponentials, float[] x) {
        System.arraycopy(x, 0, exponentials.numbers(), 0, x.length);
        exponentials.apply(x.length);
        assertThat(exponentials.copy()).startsWith(exponentials.numbers());
        return exponentials.numbers().clone();
    }
}
