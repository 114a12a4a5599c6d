package dev.adjoint.run;

import static dev.adjoint.run.TestNumbers.numbers;
import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Distances worked out by hand, and where vectors vanish or coincide.
class DistancesTest {
    private static final Offset<Double> ROUNDING = within(1e-15);

    @Test
    void theCosineOfTheAngle() {
        Array x = Array.of(new double[][] {{3, 4}, {1, 0}, {0, 0}});
        Array z = Array.of(new double[][] {{4, 3}, {0, 2}, {1, 1}});
        assertThat(numbers(x.cosineSimilarity(z, -1, 1e-8))).containsExactly(24 / 25.0, 0, 0);
        double small = numbers(Array.of(1e-9, 0).cosineSimilarity(Array.of(2.0, 0), 0, 1e-8))[0];
        assertThat(small).isCloseTo(0.1, within(1e-12));
        List<Tensor> gradients = grad((List<Tensor> l) ->
                        l.get(0).cosineSimilarity(l.get(1), 1, 1e-8).sum())
                .apply(List.of(x, z));
        gradients.forEach(g -> assertThat(numbers(g)).satisfies(TestNumbers::finite));
        assertThatThrownBy(() -> x.cosineSimilarity(z, 1, 0))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("cosineSimilarity: epsilon must be above 0, not 0.0");
    }

    @Test
    void distancesOfPairs() {
        Array x = Array.of(new double[][] {{1, 2}, {5, 5}});
        Array z = Array.of(new double[][] {{4, 6}, {5, 5}});
        assertThat(numbers(x.pairwiseDistance(z, 2, 0))).containsExactly(new double[] {5, 0}, ROUNDING);
        assertThat(numbers(x.pairwiseDistance(z, 1, 0))).containsExactly(7, 0);
        assertThat(numbers(x.pairwiseDistance(z, Double.POSITIVE_INFINITY, 0))).containsExactly(4, 0);
        double shifted = numbers(x.pairwiseDistance(z, 2, 0.5))[0];
        assertThat(shifted).isCloseTo(Math.hypot(-2.5, -3.5), within(1e-15));
        Tensor gradient = grad((Tensor a) -> a.pairwiseDistance(z, 2, 0).sum()).apply(x);
        assertThat(numbers(gradient)).containsExactly(new double[] {-0.6, -0.8, 0, 0}, ROUNDING);
    }

    @Test
    void distancesOfAllPairs() {
        Array x = Array.of(new double[][] {{0, 0}, {3, 4}});
        Array z = Array.of(new double[][] {{3, 4}, {0, 1}, {0, 0}});
        assertThat(numbers(x.cdist(z, 2))).containsExactly(new double[] {5, 1, 0, 0, Math.hypot(3, 3), 5}, ROUNDING);
        assertThat(numbers(grad((Tensor a) -> a.cdist(a, 2).sum()).apply(x))).satisfies(TestNumbers::finite);
        assertThatThrownBy(() -> x.cdist(Array.of(1.0, 2), 2))
                .hasMessage("cdist: f64[2,2] and f64[2]: both operands must be lists of vectors […,n,M]");
    }
}
