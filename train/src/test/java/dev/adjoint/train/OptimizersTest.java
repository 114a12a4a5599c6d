package dev.adjoint.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// Trajectories of the update formulas, computed beside them in plain Java with PyTorch's definitions.
class OptimizersTest {
    private static final double[] START = {1.0, -2.0, 0.5};

    /// A gradient that changes from step to step: g = w·(1 + t/10) + 0.3.
    private static double slope(double w, int t) {
        return w * (1 + t / 10.0) + 0.3;
    }

    private static double[] run(Optimizer optimizer, int steps) {
        Tensor w = Array.of(START);
        Record state = optimizer.init(w);
        for (int t = 0; t < steps; t++) {
            Tensor gradient = w.mul(1 + t / 10.0).add(0.3);
            Optimizer.Update<Tensor> update = optimizer.update(gradient, state, w);
            w = w.add(update.changes());
            state = update.state();
        }
        return Array.of(w).toDoubles();
    }

    @Test
    void momentumMultipliesTheVelocity() {
        double[] w = START.clone();
        double[] v = new double[3];
        for (int t = 0; t < 20; t++) {
            for (int i = 0; i < 3; i++) {
                v[i] = 0.9 * v[i] + slope(w[i], t);
                w[i] -= 0.01 * v[i];
            }
        }
        assertThat(run(Sgd.of(0.01, 0.9), 20)).containsExactly(w, within(1e-13));
    }

    @Test
    void adamCorrectsItsBias() {
        double[] w = START.clone();
        double[] m = new double[3];
        double[] v = new double[3];
        for (int t = 0; t < 20; t++) {
            for (int i = 0; i < 3; i++) {
                double g = slope(w[i], t);
                m[i] = 0.9 * m[i] + 0.1 * g;
                v[i] = 0.999 * v[i] + 0.001 * g * g;
                double mean = m[i] / (1 - Math.pow(0.9, t + 1));
                double square = v[i] / (1 - Math.pow(0.999, t + 1));
                w[i] -= 0.05 * mean / (Math.sqrt(square) + 1e-8);
            }
        }
        assertThat(run(Adam.of(0.05), 20)).containsExactly(w, within(1e-12));
    }

    @Test
    void weightDecayAddsTheGradientOfTheSquares() {
        double[] w = START.clone();
        for (int t = 0; t < 5; t++) {
            for (int i = 0; i < 3; i++) {
                w[i] -= 0.1 * (slope(w[i], t) + 0.5 * w[i]);
            }
        }
        assertThat(run(WeightDecay.of(0.5).then(Sgd.of(0.1)), 5)).containsExactly(w, within(1e-13));
    }

    @Test
    void schedulesFollowTheirFormulas() {
        Schedule cosine = Schedule.cosine(0.4, 100);
        assertThat(Array.of(cosine.rate(Array.scalar(0.0))).item()).isCloseTo(0.4, within(1e-12));
        assertThat(Array.of(cosine.rate(Array.scalar(50.0))).item()).isCloseTo(0.2, within(1e-12));
        assertThat(Array.of(cosine.rate(Array.scalar(1000.0))).item()).isCloseTo(0, within(1e-12));
    }

    @Test
    void valuesOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> Sgd.of(0.1, 1)).hasMessage("a momentum lies between 0 and below 1, not at 1.0");
        assertThatThrownBy(() -> WeightDecay.of(-1)).hasMessage("a weight decay is at least 0, not -1.0");
        assertThatThrownBy(() -> new Adam(Schedule.constant(1), 0.9, 1, 0))
                .hasMessage("Adam's decays lie between 0 and below 1, not at 0.9 and 1.0");
        assertThatThrownBy(() -> new Adam(Schedule.constant(1), 0.9, 0.9, -1))
                .hasMessage("Adam's epsilon is at least 0, not -1.0");
    }
}
