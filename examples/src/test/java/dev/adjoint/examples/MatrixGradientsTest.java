package dev.adjoint.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import org.junit.jupiter.api.Test;

class MatrixGradientsTest {
    private final Printed printed = Printed.by(MatrixGradients::main);
    private final Array w = Array.of(MatrixGradients.numbers().get(0));
    private final Array x = Array.of(MatrixGradients.numbers().get(1));
    private final Array dD = Array.of(MatrixGradients.numbers().get(2));

    /// dW_ik = Σⱼ dD_ij·X_kj, printed with eight digits.
    @Test
    void gradientOfTheLeftFactor() {
        double[] expected = new double[50];
        for (int i = 0; i < 5; i++) {
            for (int k = 0; k < 10; k++) {
                for (int j = 0; j < 3; j++) {
                    expected[10 * i + k] += dD.get(i, j) * x.get(k, j);
                }
            }
        }
        assertThat(printed.numbers("dW = ")).containsExactly(expected, within(1e-7));
    }

    /// dX_kj = Σᵢ W_ik·dD_ij, printed with eight digits.
    @Test
    void gradientOfTheRightFactor() {
        double[] expected = new double[30];
        for (int k = 0; k < 10; k++) {
            for (int j = 0; j < 3; j++) {
                for (int i = 0; i < 5; i++) {
                    expected[3 * k + j] += w.get(i, k) * dD.get(i, j);
                }
            }
        }
        assertThat(printed.numbers("dX = ")).containsExactly(expected, within(1e-7));
    }

    @Test
    void formulasByShapesEqualThePullback() {
        assertThat(printed.number("largest difference in dW: ")).isLessThan(1e-12);
        assertThat(printed.number("largest difference in dX: ")).isLessThan(1e-12);
        assertThat(printed.text()).contains("[5,3] times X^T [3,10] = [5,10]", "[10,5] times dD [5,3] = [10,3]");
    }
}
