package dev.adjoint.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every step of L-BFGS against the matrix that it never makes: H as a dense matrix of doubles, built anew from the last
/// pairs by the formula of BFGS, H ← (I − ρ·s·yᵀ)·H·(I − ρ·y·sᵀ) + ρ·s·sᵀ. Step lengths are not compared but judged: they
/// meet the strong Wolfe conditions.
final class LbfgsTrajectoryTest {
    private static final int N = 3;

    /// The changes of weights and gradient in one step.
    private static final class Pair {
        private final double[] s;
        private final double[] y;

        Pair(double[] s, double[] y) {
            this.s = s;
            this.y = y;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < N; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] minus(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }

    private static double value(double[] w) {
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            sum += Math.pow(1 - w[i], 2) + 100 * Math.pow(w[i + 1] - w[i] * w[i], 2);
        }
        return sum;
    }

    private static double[] slope(double[] w) {
        return OptimizersTest.ROSENBROCK.slope().at(w);
    }

    /// H from (sᵀy/yᵀy)·I of the last pair.
    private static double[][] inverse(Deque<Pair> pairs) {
        Pair last = pairs.getLast();
        double scale = dot(last.s, last.y) / dot(last.y, last.y);
        double[][] h = new double[N][N];
        for (int i = 0; i < N; i++) {
            h[i][i] = scale;
        }
        for (Pair pair : pairs) {
            h = updated(h, pair);
        }
        return h;
    }

    private static double[][] updated(double[][] h, Pair pair) {
        double rho = 1 / dot(pair.s, pair.y);
        double[][] next = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                double sum = rho * pair.s[i] * pair.s[j];
                for (int k = 0; k < N; k++) {
                    for (int l = 0; l < N; l++) {
                        double left = (i == k ? 1 : 0) - rho * pair.s[i] * pair.y[k];
                        double right = (l == j ? 1 : 0) - rho * pair.y[l] * pair.s[j];
                        sum += left * h[k][l] * right;
                    }
                }
                next[i][j] = sum;
            }
        }
        return next;
    }

    private static double[] direction(Deque<Pair> pairs, double[] g) {
        double[] d = new double[N];
        for (int i = 0; i < N; i++) {
            d[i] = pairs.isEmpty() ? -g[i] : -dot(inverse(pairs)[i], g);
        }
        return d;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void everyDirectionIsThatOfTheDenseMatrix(int memory) {
        double[] w = {-1.2, 1, 0.7};
        var result = new Lbfgs(memory, 25, 1e-12, 0).minimize(OptimizersTest.ROSENBROCK.f(), Array.of(w.clone()));
        assertThat(result.steps()).hasSizeGreaterThan(20);
        Deque<Pair> pairs = new ArrayDeque<>();
        for (Lbfgs.Step step : result.steps()) {
            double[] g = slope(w);
            double[] d = direction(pairs, g);
            double downhill = dot(g, d);
            assertThat(step.slope()).isCloseTo(downhill, within(1e-7 * Math.abs(downhill)));
            double[] next = new double[N];
            for (int i = 0; i < N; i++) {
                next[i] = w[i] + step.rate() * d[i];
            }
            assertThat(step.value()).isCloseTo(value(next), within(1e-7 * value(w)));
            assertThat(value(next)).isLessThanOrEqualTo(value(w) + 1e-4 * step.rate() * downhill + 1e-15);
            assertThat(Math.abs(dot(slope(next), d))).isLessThanOrEqualTo(0.9 * Math.abs(downhill));
            pairs.addLast(new Pair(minus(next, w), minus(slope(next), g)));
            if (pairs.size() > memory) {
                pairs.removeFirst();
            }
            w = next;
        }
        assertThat(Array.of(result.model()).toDoubles()).containsExactly(w, within(1e-7));
    }

    /// PyTorch's first trial: min(1, 1/‖g‖₁).
    @Test
    void theFirstTrialIsShortWhereTheSlopeIsSteep() {
        Tensor start = Array.of(3.0, -4.0);
        var one = new Lbfgs(5, 1, 0, 0).minimize((Tensor w) -> w.square().sum().mul(0.5), start);
        assertThat(one.steps().getFirst().slope()).isCloseTo(-25, within(1e-12));
        assertThat(one.steps().getFirst().rate()).isCloseTo(1 / 7.0, within(1e-12));
    }
}
