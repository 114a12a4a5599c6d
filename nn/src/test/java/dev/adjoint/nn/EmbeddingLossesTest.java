package dev.adjoint.nn;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Losses of vectors at vectors whose angles and distances are known.
class EmbeddingLossesTest {
    private static final Array X = Array.of(new double[][] {{3, 4}, {3, 4}, {0, 0}, {1, 1}});
    private static final Array Z = Array.of(new double[][] {{4, 3}, {4, 3}, {0, 0}, {1, 1}});
    private static final EmbeddingLosses.Pairs PAIRS = new EmbeddingLosses.Pairs(X, Z);

    private static double[] numbers(Tensor x) {
        return Array.of(x).toDoubles();
    }

    private static void close(Tensor found, double tolerance, double... expected) {
        double[] numbers = numbers(found);
        assertThat(numbers).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers[i]).as("element %d", i).isCloseTo(expected[i], within(tolerance));
        }
    }

    @Test
    void cosinesOfLikeAndUnlikePairs() {
        Array labels = Array.of(1.0, -1, 1, -1);
        Tensor loss = EmbeddingLosses.cosineEmbedding(PAIRS, labels, 0.5, Aggregation.NONE);
        close(loss, 1e-11, 1 - 24 / 25.0, 24 / 25.0 - 0.5, 1, 0.5);
        Tensor none = EmbeddingLosses.cosineEmbedding(PAIRS, Array.of(-1.0, -1, -1, -1), 1, Aggregation.NONE);
        close(none, 1e-11, 0, 0, 0, 0);
    }

    @Test
    void contrastiveLossOfLikeAndUnlikePairs() {
        double distance = Math.sqrt(2);
        Tensor loss = EmbeddingLosses.contrastive(PAIRS, Array.of(1.0, 0, 1, 0), 2, Aggregation.NONE);
        close(loss, 1e-14, 1, 0.5 * (2 - distance) * (2 - distance), 0, 2);
    }

    @Test
    void tripletsCompareDistances() {
        Array anchors = Array.of(new double[][] {{0, 0}, {0, 0}});
        Array positives = Array.of(new double[][] {{3, 4}, {0, 3}});
        Array negatives = Array.of(new double[][] {{0, 6}, {0, 8}});
        EmbeddingLosses.Triplets triplets = new EmbeddingLosses.Triplets(anchors, positives, negatives);
        close(EmbeddingLosses.triplet(triplets, 2, Aggregation.NONE), 1e-5, 1, 0);
        // ‖p − n‖ is √13 and 5: both nearer than the anchor.
        close(EmbeddingLosses.swappedTriplet(triplets, 2, Aggregation.NONE), 1e-5, 5 - Math.sqrt(13) + 2, 0);
        close(EmbeddingLosses.triplet(triplets, 2, Aggregation.MEAN), 1e-5, 0.5);
    }

    @Test
    void equalAndZeroVectorsHaveFiniteDerivatives() {
        Array labels = Array.of(1.0, -1, -1, 1);
        Array zero = Array.of(new double[4][2]);
        for (Array x : List.of(X, zero)) {
            List<Tensor> found = List.of(
                    grad((Tensor y) -> EmbeddingLosses.cosineEmbedding(
                                    new EmbeddingLosses.Pairs(y, Z), labels, 0, Aggregation.MEAN))
                            .apply(x),
                    grad((Tensor y) -> EmbeddingLosses.contrastive(
                                    new EmbeddingLosses.Pairs(y, Z), labels, 3, Aggregation.MEAN))
                            .apply(x),
                    grad((Tensor y) ->
                                    EmbeddingLosses.triplet(new EmbeddingLosses.Triplets(y, Z, y), 1, Aggregation.MEAN))
                            .apply(x));
            found.forEach(g -> assertThat(numbers(g)).satisfies(TestNumbers::finite));
        }
        double[] apart = numbers(grad((Tensor y) -> EmbeddingLosses.contrastive(
                        new EmbeddingLosses.Pairs(y, X), Array.of(0.0, 0, 0, 0), 1, Aggregation.SUM))
                .apply(X));
        assertThat(apart).containsOnly(0);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> EmbeddingLosses.cosineEmbedding(PAIRS, Array.of(1.0), 0, Aggregation.MEAN))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("cosineEmbedding: f64[4] and f64[1]: there must be one label for every pair");
    }
}
