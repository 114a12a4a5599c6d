package dev.adjoint.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkedNetworkTest {
    private static final Printed PRINTED = Printed.by(WorkedNetwork::main);

    /// Published with nine digits.
    @Test
    void totalError() {
        assertThat(PRINTED.number("error = ")).isEqualTo(0.298371109, within(5e-10));
    }

    /// Published with eight or nine digits.
    @ParameterizedTest
    @CsvSource({
        "w1, 0.149780716", "w2, 0.19956143", "w3, 0.24975114", "w4, 0.29950229",
        "w5, 0.35891648", "w6, 0.408666186", "w7, 0.511301270", "w8, 0.561370121"
    })
    void weightsAfterOneStep(String name, double published) {
        assertThat(PRINTED.number(name + " = ")).isEqualTo(published, within(5e-9));
    }

    /// Published: 0.082167041 for w5. The others follow from the published weights: w − 0.5·gradient.
    @Test
    void gradients() {
        assertThat(PRINTED.number("gradient of w5 = ")).isEqualTo(0.082167041, within(5e-10));
        assertThat(PRINTED.number("gradient of w1 = ")).isEqualTo((0.15 - 0.149780716) / 0.5, within(1e-8));
    }

    /// A longer run in plain Java gives these; the article, which rounds on its way, says 0.291027924 and 0.0000351085.
    @Test
    void errorsLater() {
        assertThat(PRINTED.number("error after one step = ")).isEqualTo(error(1), within(1e-9));
        assertThat(PRINTED.number("error after 10000 steps = ")).isEqualTo(error(10_000), within(1e-9));
        assertThat(PRINTED.number("error after 10000 steps = ")).isEqualTo(0.0000351085, within(1e-8));
    }

    /// The error after a number of steps, in scalars.
    private static double error(int steps) {
        double[] w = {0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55};
        for (int step = 0; ; step++) {
            double h1 = sigmoid(w[0] * 0.05 + w[1] * 0.10 + 0.35);
            double h2 = sigmoid(w[2] * 0.05 + w[3] * 0.10 + 0.35);
            double o1 = sigmoid(w[4] * h1 + w[5] * h2 + 0.60);
            double o2 = sigmoid(w[6] * h1 + w[7] * h2 + 0.60);
            if (step == steps) {
                return ((o1 - 0.01) * (o1 - 0.01) + (o2 - 0.99) * (o2 - 0.99)) / 2;
            }
            double d1 = (o1 - 0.01) * o1 * (1 - o1);
            double d2 = (o2 - 0.99) * o2 * (1 - o2);
            double e1 = (d1 * w[4] + d2 * w[6]) * h1 * (1 - h1);
            double e2 = (d1 * w[5] + d2 * w[7]) * h2 * (1 - h2);
            double[] gradient = {e1 * 0.05, e1 * 0.10, e2 * 0.05, e2 * 0.10, d1 * h1, d1 * h2, d2 * h1, d2 * h2};
            for (int i = 0; i < w.length; i++) {
                w[i] -= 0.5 * gradient[i];
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
