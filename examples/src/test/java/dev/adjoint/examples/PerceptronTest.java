package dev.adjoint.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerceptronTest {
    private final Printed printed = Printed.by(Perceptron::main);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "z",
                "h",
                "o",
                "loss",
                "penalty",
                "objective",
                "dJ/dloss",
                "dJ/dpenalty",
                "dJ/do",
                "dJ/dw2",
                "dJ/dh",
                "dJ/dz",
                "dJ/dw1"
            })
    void handAndLibraryAgree(String name) {
        assertThat(printed.number("largest difference from the library's " + name + ": "))
                .isLessThan(1e-12);
    }

    /// z = W¹x and ‖W¹‖² + ‖W²‖² in decimals on paper.
    @Test
    void numbersOnPaper() {
        assertThat(printed.numbers("z =")).containsExactly(new double[] {0.85, -1.5, 0.65, 0.2}, within(1e-8));
        assertThat(printed.number("penalty =")).isEqualTo(0.05 * (2.99 + 2.04), within(1e-8));
    }

    /// The printed gradients (eight digits) against central differences of an objective written once more.
    @Test
    void gradientsEqualCentralDifferences() {
        double[] dw1 = differences(Perceptron.W1, w -> objective(w, Perceptron.W2));
        double[] dw2 = differences(Perceptron.W2, w -> objective(Perceptron.W1, w));
        assertThat(printed.numbers("dJ/dw1 =")).containsExactly(dw1, within(1e-7));
        assertThat(printed.numbers("dJ/dw2 =")).containsExactly(dw2, within(1e-7));
    }

    private static double[] differences(double[][] at, ToDoubleFunction<double[][]> f) {
        double step = 1e-5;
        double[] slopes = new double[at.length * at[0].length];
        for (int i = 0; i < slopes.length; i++) {
            double[][] moved = Arrays.stream(at).map(double[]::clone).toArray(double[][]::new);
            double[] row = moved[i / at[0].length];
            int column = i % at[0].length;
            row[column] += step;
            double above = f.applyAsDouble(moved);
            row[column] -= 2 * step;
            slopes[i] = (above - f.applyAsDouble(moved)) / (2 * step);
        }
        return slopes;
    }

    private static double objective(double[][] w1, double[][] w2) {
        double objective = 0;
        for (int i = 0; i < 2; i++) {
            double o = 0;
            for (int j = 0; j < 4; j++) {
                double z = w1[j][0] * 0.5 - w1[j][1] + w1[j][2] * 2;
                o += w2[i][j] * Math.tanh(z);
                objective += 0.05 * w2[i][j] * w2[i][j];
            }
            objective += 0.5 * Math.pow(o - (1 - i), 2);
        }
        return objective
                + 0.05
                        * Arrays.stream(w1)
                                .flatMapToDouble(Arrays::stream)
                                .map(w -> w * w)
                                .sum();
    }
}
