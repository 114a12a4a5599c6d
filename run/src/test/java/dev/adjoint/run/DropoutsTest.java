package dev.adjoint.run;

import static dev.adjoint.run.TestNumbers.normal;
import static dev.adjoint.run.TestNumbers.numbers;
import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What is left out, what stays, and by how much it is scaled.
class DropoutsTest {
    private static final Array KEY = Array.key(Key.of(1));
    private static final int MANY = 40_000;

    private static double mean(double[] x) {
        return Arrays.stream(x).average().orElseThrow();
    }

    private static double variance(double[] x) {
        double mean = mean(x);
        return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    }

    private static Array ones(long... dims) {
        return Array.of(Array.zeros(DType.F64, dims).add(1));
    }

    @Test
    void elementsAreLeftOutOneByOne() {
        double[] y = numbers(ones(MANY).dropout(KEY, 0.25));
        assertThat(y).containsOnly(0, 1 / 0.75);
        // The share of zeros has standard deviation √(0.25·0.75/40000) ≈ 0.0022; this is 4.6 of them.
        assertThat(mean(y)).isCloseTo(1, within(0.01 / 0.75));
    }

    @Test
    void channelsAreLeftOutWhole() {
        Tensor y = ones(20, 30, 4).featureDropout(KEY, 0.5);
        double[] numbers = numbers(y);
        for (int i = 0; i < numbers.length; i++) {
            assertThat(numbers[i]).isEqualTo(numbers[i / 4 * 4]);
        }
        assertThat(numbers(y.take(0, 0))).contains(0.0, 2.0);
    }

    @Test
    void examplesAreLeftOutWhole() {
        Tensor y = ones(50, 3, 2).dropPath(KEY, 0.5);
        double[] numbers = numbers(y);
        for (int i = 0; i < numbers.length; i++) {
            assertThat(numbers[i]).isEqualTo(numbers[i / 6 * 6]);
        }
        assertThat(numbers).contains(0.0, 2.0);
    }

    @Test
    void alphaDropoutKeepsMeanAndVariance() {
        double[] y = numbers(normal(3, MANY).alphaDropout(KEY, 0.3));
        assertThat(mean(y)).isCloseTo(0, within(0.025));
        assertThat(variance(y)).isCloseTo(1, within(0.04));
        // What is left out becomes a·α′ + b with a = 1/√(q(1 + pα′²)) and b = −apα′: all the same number.
        double a = 1 / Math.sqrt(0.7 * (1 + 0.3 * 1.7580993408473766 * 1.7580993408473766));
        double dropped = a * -1.7580993408473766 * (1 - 0.3);
        assertThat(Arrays.stream(y).filter(v -> Math.abs(v - dropped) < 1e-12).count())
                .isBetween((long) (0.28 * MANY), (long) (0.32 * MANY));
    }

    @Test
    void theEndsOfTheRange() {
        Array x = normal(1, 5);
        assertThat(x.dropout(KEY, 0)).isSameAs(x);
        assertThat(x.alphaDropout(KEY, 0)).isSameAs(x);
        assertThat(numbers(x.dropout(KEY, 1))).containsOnly(0);
        assertThat(numbers(x.alphaDropout(KEY, 1))).containsOnly(0);
        assertThat(numbers(grad((Tensor z) -> z.dropout(KEY, 1).sum()).apply(x)))
                .containsOnly(0);
        assertThatThrownBy(() -> x.dropout(KEY, -0.1))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("a dropout rate lies between 0 and 1, not at -0.1");
        assertThatThrownBy(() -> x.featureDropout(KEY, 0.5))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("dropout: f64[5]: x must have at least 2 axes");
    }

    @Test
    void theGradientGoesWhereTheNumbersWent() {
        Array x = ones(20);
        double[] y = numbers(x.dropout(KEY, 0.5));
        assertThat(numbers(grad((Tensor z) -> z.dropout(KEY, 0.5).sum()).apply(x)))
                .containsExactly(y);
    }

    @Test
    void everyExampleOfABatchHasItsOwnKey() {
        Array keys = Array.of(Key.of(1).bits(), Key.of(2).bits());
        Array x = ones(30);
        Tensor together = vmap((Tensor key) -> x.dropout(key, 0.5)).apply(keys);
        assertThat(numbers(together.take(0, 0))).containsExactly(numbers(x.dropout(KEY, 0.5)));
        assertThat(numbers(together.take(0, 1))).isNotEqualTo(numbers(together.take(0, 0)));
    }
}
