package dev.adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class InitTest {
    private static final Key KEY = Key.of(11);

    /// 20,000 numbers: the variance of the estimate of a variance s² is about 2·s⁴/n, so 5 % are five deviations.
    private static void hasVariance(Array weights, double variance) {
        double[] numbers = weights.toDoubles();
        double mean = DoubleStream.of(numbers).average().orElseThrow();
        double squares = DoubleStream.of(numbers).map(w -> w * w).average().orElseThrow();
        assertThat(mean).isCloseTo(0, within(5 * Math.sqrt(variance / numbers.length)));
        assertThat(squares).isCloseTo(variance, within(0.05 * variance));
    }

    @Test
    void variancesAreThoseOfThePapers() {
        hasVariance(Init.normal(KEY, 0.5, 200, 100), 0.25);
        hasVariance(Init.uniform(KEY, -3, 3, 200, 100), 3);
        hasVariance(Init.heNormal(KEY, 50, 200, 100), 2.0 / 50);
        hasVariance(Init.heUniform(KEY, 50, 200, 100), 2.0 / 50);
        hasVariance(Init.lecunNormal(KEY, 50, 200, 100), 1.0 / 50);
        hasVariance(Init.lecunUniform(KEY, 50, 200, 100), 1.0 / 50);
        hasVariance(Init.glorotNormal(KEY, 30, 70, 200, 100), 2.0 / 100);
        hasVariance(Init.glorotUniform(KEY, 30, 70, 200, 100), 2.0 / 100);
        // A normal law cut at ±2 has variance 1 − 4·φ(2)/(Φ(2) − Φ(−2)) = 0.7737.
        hasVariance(Init.truncatedNormal(KEY, 2, 200, 100), 4 * 0.7737);
    }

    private static List<Double> numbers(Array weights) {
        return DoubleStream.of(weights.toDoubles()).boxed().toList();
    }

    @Test
    void boundsHold() {
        assertThat(numbers(Init.truncatedNormal(KEY, 0.5, 5000)))
                .allSatisfy(w -> assertThat(Math.abs(w)).isLessThanOrEqualTo(1));
        assertThat(numbers(Init.uniform(KEY, 2, 3, 5000)))
                .allSatisfy(w -> assertThat(w).isBetween(2.0, 3.0));
        assertThat(numbers(Init.heUniform(KEY, 6, 5000)))
                .allSatisfy(w -> assertThat(Math.abs(w)).isLessThanOrEqualTo(1));
    }

    @Test
    void constants() {
        assertThat(Init.constant(2.5, 2)).isEqualTo(Array.of(2.5f, 2.5f));
        assertThat(Init.identity(2)).isEqualTo(Array.of(new float[][] {{1, 0}, {0, 1}}));
        assertThat(Init.zeros(2)).isEqualTo(Array.of(0f, 0f));
        assertThat(Init.ones(1)).isEqualTo(Array.of(1f));
    }

    @Test
    void theShorterSideOfAnOrthogonalMatrixIsOrthonormal() {
        Tensor tall = Init.orthogonal(KEY, 2, 7, 4);
        Tensor wide = Init.orthogonal(KEY, 2, 4, 7);
        double[] expected = Init.identity(4).toDoubles();
        double[] columns = Array.of(tall.mT().matmul(tall)).toDoubles();
        double[] rows = Array.of(wide.matmul(wide.mT())).toDoubles();
        for (int i = 0; i < 16; i++) {
            assertThat(columns[i]).isCloseTo(4 * expected[i], within(1e-6));
            assertThat(rows[i]).isCloseTo(4 * expected[i], within(1e-6));
        }
    }

    @Test
    void theSameKeyGivesTheSameNumbers() {
        assertThat(Init.orthogonal(KEY, 1, 3, 3)).isEqualTo(Init.orthogonal(KEY, 1, 3, 3));
        assertThat(Init.truncatedNormal(KEY, 1, 99)).isEqualTo(Init.truncatedNormal(KEY, 1, 99));
        assertThat(Init.normal(KEY, 1, 9)).isNotEqualTo(Init.normal(Key.of(12), 1, 9));
    }

    @Test
    void badBoundsAreRefused() {
        assertThatThrownBy(() -> Init.uniform(KEY, 1, 0, 2))
                .hasMessage("uniform weights lie between two bounds in order, not 1.0 and 0.0");
        assertThatThrownBy(() -> Init.normal(KEY, -1, 2)).hasMessage("a standard deviation is at least 0, not -1.0");
    }
}
