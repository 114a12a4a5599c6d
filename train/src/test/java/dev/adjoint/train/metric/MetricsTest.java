package dev.adjoint.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.metric.ConfusionMatrix.Average;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Figures against their definitions, re-read here example by example, and against published examples; in one batch and in
/// many.
final class MetricsTest {
    private static final int N = 57;
    private static final int CLASSES = 4;

    private static final double[][] SCORES = new double[N][CLASSES];
    private static final long[] LABELS = new long[N];

    static {
        java.util.Random random = new java.util.Random(5);
        for (int n = 0; n < N; n++) {
            // Class 3 never occurs; scores are rounded, so that some are equal.
            LABELS[n] = random.nextInt(3);
            for (int c = 0; c < CLASSES; c++) {
                SCORES[n][c] = random.nextInt(6) / 2.0 - (c == 3 ? 1 : 0);
            }
        }
    }

    private static <T extends Tally<T>> T inBatches(int size, BiFunction<Tensor, Tensor, T> tally) {
        T all = null;
        for (int from = 0; from < N; from += size) {
            int to = Math.min(N, from + size);
            T part = tally.apply(
                    Array.of(Arrays.copyOfRange(SCORES, from, to)), Array.of(Arrays.copyOfRange(LABELS, from, to)));
            all = all == null ? part : all.plus(part);
        }
        return all;
    }

    private static int best(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .max((a, b) -> scores[a] == scores[b] ? b - a : Double.compare(scores[a], scores[b]))
                .orElseThrow();
    }

    private static double share(java.util.function.IntPredicate of, java.util.function.IntPredicate counted) {
        long whole = IntStream.range(0, N).filter(of).count();
        return whole == 0
                ? 0
                : (double) IntStream.range(0, N).filter(of).filter(counted).count() / whole;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, N})
    void classificationByItsDefinitions(int size) {
        ConfusionMatrix matrix = inBatches(size, ConfusionMatrix::of);
        double[] precision = new double[CLASSES];
        double[] recall = new double[CLASSES];
        double[] f1 = new double[CLASSES];
        for (int c = 0; c < CLASSES; c++) {
            int k = c;
            precision[c] = share(n -> best(SCORES[n]) == k, n -> LABELS[n] == k);
            recall[c] = share(n -> LABELS[n] == k, n -> best(SCORES[n]) == k);
            f1[c] = precision[c] + recall[c] == 0 ? 0 : 2 * precision[c] * recall[c] / (precision[c] + recall[c]);
            assertThat(matrix.precision(c)).isCloseTo(precision[c], within(1e-15));
            assertThat(matrix.recall(c)).isCloseTo(recall[c], within(1e-15));
            assertThat(matrix.f1(c)).isCloseTo(f1[c], within(1e-15));
        }
        double accuracy = share(n -> true, n -> best(SCORES[n]) == LABELS[n]);
        assertThat(matrix.accuracy()).isEqualTo(accuracy);
        assertThat(matrix.f1(Average.MICRO)).isEqualTo(accuracy);
        int present = share(n -> best(SCORES[n]) == 3, n -> true) == 0 ? 3 : 4;
        assertThat(matrix.precision(Average.MACRO))
                .isCloseTo(Arrays.stream(precision).sum() / present, within(1e-15));
        assertThat(matrix.recall(Average.MACRO)).isCloseTo(Arrays.stream(recall).sum() / present, within(1e-15));
        assertThat(matrix.f1(Average.MACRO)).isCloseTo(Arrays.stream(f1).sum() / present, within(1e-15));
        // Of one label per example, the recall weighted by examples is the accuracy.
        assertThat(matrix.recall(Average.WEIGHTED)).isCloseTo(accuracy, within(1e-15));
        assertThat(matrix.figures().keySet()).containsExactly("accuracy", "precision", "recall", "f1");
    }

    /// The example of scikit-learn's documentation of `precision_recall_fscore_support`: cat, dog, pig.
    @Test
    void theExampleOfScikitLearn() {
        Tensor found = Array.of(new double[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}, {1, 0, 0}, {1, 0, 0}, {0, 1, 0}});
        ConfusionMatrix matrix = ConfusionMatrix.of(found, Array.of(0L, 1L, 2L, 0L, 1L, 2L));
        assertThat(matrix.precision(Average.MACRO)).isCloseTo(0.22, within(0.005));
        assertThat(matrix.recall(Average.MACRO)).isCloseTo(0.33, within(0.005));
        assertThat(matrix.f1(Average.MACRO)).isCloseTo(0.26, within(0.01));
        assertThat(matrix.precision(Average.MICRO)).isCloseTo(0.33, within(0.005));
        assertThat(matrix.rows()).isEqualTo(List.of(List.of(2L, 0L, 0L), List.of(1L, 0L, 1L), List.of(0L, 2L, 0L)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, N})
    void topKCountsWhoStandsBefore(int size) {
        for (int k = 1; k <= CLASSES; k++) {
            int first = k;
            double expected = share(
                    n -> true,
                    n -> IntStream.range(0, CLASSES)
                            .boxed()
                            .sorted((a, b) ->
                                    SCORES[n][a] == SCORES[n][b] ? a - b : Double.compare(SCORES[n][b], SCORES[n][a]))
                            .limit(first)
                            .anyMatch(c -> c == LABELS[n]));
            TopK tally = inBatches(size, (scores, labels) -> TopK.of(first, scores, labels));
            assertThat(tally.value()).isEqualTo(expected);
        }
        assertThat(inBatches(size, (scores, labels) -> TopK.of(1, scores, labels))
                        .value())
                .isEqualTo(inBatches(size, ConfusionMatrix::of).accuracy());
        Tensor broken = Array.of(new double[][] {{Double.NaN, Double.NaN}});
        assertThat(TopK.of(1, broken, Array.of(0L)).value()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, N})
    void theAreaIsTheShareOfPairsInOrder(int size) {
        double[] scores = Arrays.stream(SCORES).mapToDouble(row -> row[0]).toArray();
        long[] labels = Arrays.stream(LABELS).map(label -> label == 1 ? 1 : 0).toArray();
        double pairs = 0;
        double right = 0;
        for (int p = 0; p < N; p++) {
            for (int q = 0; q < N; q++) {
                if (labels[p] == 1 && labels[q] == 0) {
                    pairs++;
                    right += scores[p] > scores[q] ? 1 : scores[p] == scores[q] ? 0.5 : 0;
                }
            }
        }
        RocAuc all = new RocAuc(List.of());
        for (int from = 0; from < N; from += size) {
            int to = Math.min(N, from + size);
            all = all.plus(RocAuc.of(
                    Array.of(Arrays.copyOfRange(scores, from, to)), Array.of(Arrays.copyOfRange(labels, from, to))));
        }
        assertThat(all.value()).isCloseTo(right / pairs, within(1e-15));
        // scikit-learn's example of roc_auc_score.
        assertThat(RocAuc.of(Array.of(0.1, 0.4, 0.35, 0.8), Array.of(0L, 0L, 1L, 1L))
                        .value())
                .isEqualTo(0.75);
        assertThat(RocAuc.of(Array.of(-0.0, 0.0), Array.of(1L, 0L)).value()).isEqualTo(0.5);
        assertThat(RocAuc.of(Array.of(1.0), Array.of(1L)).value()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, N})
    void regressionByItsDefinitions(int size) {
        // A large mean: Σt² − (Σt)²/N would lose every digit.
        double[] t = Arrays.stream(SCORES).mapToDouble(row -> 1e9 + row[0]).toArray();
        double[] y =
                IntStream.range(0, N).mapToDouble(n -> t[n] + SCORES[n][1] / 4).toArray();
        double mean = Arrays.stream(SCORES).mapToDouble(row -> row[0]).average().orElseThrow();
        double spread = Arrays.stream(SCORES)
                .mapToDouble(row -> Math.pow(row[0] - mean, 2))
                .sum();
        double squares = Arrays.stream(SCORES)
                .mapToDouble(row -> Math.pow(row[1] / 4, 2))
                .sum();
        double absolute =
                Arrays.stream(SCORES).mapToDouble(row -> Math.abs(row[1] / 4)).sum();
        Regression all = new Regression(0, 0, 0, 0, 0);
        for (int from = 0; from < N; from += size) {
            int to = Math.min(N, from + size);
            all = all.plus(Regression.of(
                    Array.of(Arrays.copyOfRange(y, from, to)), Array.of(Arrays.copyOfRange(t, from, to))));
        }
        assertThat(all.meanAbsoluteError()).isCloseTo(absolute / N, within(1e-12));
        assertThat(all.meanSquaredError()).isCloseTo(squares / N, within(1e-12));
        assertThat(all.rSquared()).isCloseTo(1 - squares / spread, within(1e-6));
        // scikit-learn's example of r2_score.
        Regression example = Regression.of(Array.of(2.5, 0.0, 2, 8), Array.of(3.0, -0.5, 2, 7));
        assertThat(example.rSquared()).isCloseTo(0.9486081370449679, within(1e-15));
        assertThat(example.figures()).containsEntry("mae", 0.5).containsEntry("mse", 0.375);
    }

    @Test
    void perplexityIsTheNumberOfEquallyLikelyChoices() {
        Perplexity six = Perplexity.of(Array.of(Math.log(6), Math.log(6)));
        assertThat(six.value()).isCloseTo(6, within(1e-14));
        // Geometric, not arithmetic: 2 and 8 are as hard as 4 and 4, whatever the sizes of the batches.
        Perplexity mixed = Perplexity.of(Array.of(Math.log(2))).plus(Perplexity.of(Array.of(Math.log(8))));
        assertThat(mixed.value()).isCloseTo(4, within(1e-14));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Tensor scores = Array.of(SCORES);
        assertThatThrownBy(() -> ConfusionMatrix.of(scores, Array.of(1L)))
                .hasMessage(
                        "confusion matrix: scores [N,C] need class indices [N], integers, not f64[57,4] and i64[1]");
        assertThatThrownBy(() -> ConfusionMatrix.of(Array.of(new double[][] {{1, 2}}), Array.of(2L)))
                .hasMessage("confusion matrix: label 2 of example 0 is none of the 2 classes");
        assertThatThrownBy(() -> TopK.of(5, scores, Array.of(LABELS)))
                .hasMessage("top-k: k lies between 1 and the number of classes, 4, not at 5");
        assertThatThrownBy(() -> RocAuc.of(Array.of(1.0), Array.of(2L)))
                .hasMessage("roc auc: label 2 of example 0 is neither 0 nor 1");
        assertThatThrownBy(() -> RocAuc.of(Array.of(Double.NaN), Array.of(1L)))
                .hasMessage("roc auc: the score of example 0 is NaN");
        assertThatThrownBy(() -> RocAuc.of(Array.of(1.0, 2), Array.of(1L)))
                .hasMessage("roc auc: scores [N] need classes [N], integers, not f64[2] and i64[1]");
        assertThatThrownBy(() -> Regression.of(Array.of(1.0), Array.of(1.0, 2)))
                .hasMessage("regression: results and targets have one shape, not f64[1] and f64[2]");
        ConfusionMatrix two = ConfusionMatrix.of(Array.of(new double[][] {{1, 2}}), Array.of(1L));
        assertThatThrownBy(() -> two.plus(ConfusionMatrix.of(Array.of(new double[][] {{1, 2, 3}}), Array.of(1L))))
                .hasMessage("confusion matrices of 2 and 3 classes cannot be added");
    }
}
