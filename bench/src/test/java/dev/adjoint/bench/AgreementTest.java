package dev.adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.run.Array;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// That the kernels that make a step fast compute its gradients.
///
/// The truth is the same step in float64, where other kernels run. How far float32 may be from it is the step's own
/// condition: as far as the gradient moves, in float64, when every number of model and batch moves by a few units of
/// float32's rounding. Such a movement also switches ramps that stand near zero, as rounding does.
final class AgreementTest {
    private static final double ROUNDING = 0x1p-24;
    private static final double UNITS = 16;
    private static final long SEED = 20261121;

    @ParameterizedTest
    @EnumSource
    void gradientsAreWithinTheConditionOfTheStep(Workload workload) {
        Training<?, ?> training = workload.training(Kernels.installed());
        List<Array> found = training.gradients(x -> x);
        List<Array> truth = training.gradients(AgreementTest::wide);
        List<Array> moved = training.gradients(new Movement(Key.of(SEED)));
        double whole = norm(truth.stream().flatMapToDouble(g -> DoubleStream.of(g.toDoubles())));
        for (int i = 0; i < truth.size(); i++) {
            double condition = isZero(truth.get(i), whole) ? ROUNDING * whole : distance(moved.get(i), truth.get(i));
            assertThat(distance(found.get(i), truth.get(i)))
                    .as(
                            "%s, gradient %d of %s, seed %d",
                            workload, i, found.get(i).type(), SEED)
                    .isLessThanOrEqualTo(condition);
        }
    }

    /// Whether a gradient is zero but for rounding, by a symmetry of the model: attention does not change when a number is
    /// added to all keys.
    private static boolean isZero(Array gradient, double whole) {
        return norm(DoubleStream.of(gradient.toDoubles())) <= 1e-12 * whole;
    }

    private static Tensor wide(Tensor x) {
        return x.dtype() == DType.F32 ? Array.of(x.to(DType.F64)) : x;
    }

    /// Widens numbers and moves each of them by at most [#UNITS], relative to itself.
    private static final class Movement implements UnaryOperator<Tensor> {
        private final Key key;
        private long place;

        Movement(Key key) {
            this.key = key;
        }

        @Override
        public Tensor apply(Tensor x) {
            if (x.dtype() != DType.F32) {
                return x;
            }
            Tensor wide = wide(x);
            Tensor moves =
                    Array.key(key.fold(place++)).uniform(wide.type()).mul(2).sub(1);
            return Array.of(wide.add(wide.mul(moves.mul(UNITS * ROUNDING))));
        }
    }

    private static double norm(DoubleStream numbers) {
        return Math.sqrt(numbers.map(x -> x * x).sum());
    }

    private static double distance(Array left, Array right) {
        double[] x = left.toDoubles();
        double[] y = right.toDoubles();
        return norm(IntStream.range(0, x.length).mapToDouble(i -> x[i] - y[i]));
    }
}
