package dev.adjoint.run;

import static dev.adjoint.run.TestNumbers.normal;
import static dev.adjoint.run.TestNumbers.numbers;
import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.jvp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.op.composite.Attention;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Attention against its definition in plain loops, and where nothing is to be seen.
class AttentionTest {
    private static final double HIDDEN = Double.NEGATIVE_INFINITY;

    /// One head: softmax(q·kᵀ/√E + m)·v.
    private static double[] naive(double[][] q, double[][] k, double[][] v, double[][] mask) {
        double[] y = new double[q.length * v[0].length];
        for (int i = 0; i < q.length; i++) {
            double[] weight = new double[k.length];
            double total = 0;
            for (int j = 0; j < k.length; j++) {
                double score = 0;
                for (int e = 0; e < q[i].length; e++) {
                    score += q[i][e] * k[j][e];
                }
                weight[j] = Math.exp(score / Math.sqrt(q[i].length) + mask[i][j]);
                total += weight[j];
            }
            for (int j = 0; j < k.length && total > 0; j++) {
                for (int c = 0; c < v[j].length; c++) {
                    y[i * v[0].length + c] += weight[j] / total * v[j][c];
                }
            }
        }
        return y;
    }

    private static double[][] rows(Tensor x) {
        double[][] rows = new double[(int) x.dim(0)][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = numbers(x.take(0, i));
        }
        return rows;
    }

    private static void close(Tensor found, double[] expected) {
        double[] numbers = numbers(found);
        assertThat(numbers).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers[i]).as("element %d", i).isCloseTo(expected[i], within(1e-13));
        }
    }

    private final Array q = normal(1, 3, 2);
    private final Array k = normal(2, 4, 2);
    private final Array v = normal(3, 4, 5);

    @Test
    void everyQueryLooksAtAllKeys() {
        close(q.attention(k, v), naive(rows(q), rows(k), rows(v), new double[3][4]));
    }

    @Test
    void causalAttentionLooksBack() {
        double[][] mask = {{0, HIDDEN, HIDDEN, HIDDEN}, {0, 0, HIDDEN, HIDDEN}, {0, 0, 0, HIDDEN}};
        close(q.causalAttention(k, v), naive(rows(q), rows(k), rows(v), mask));
    }

    @Test
    void masksAreAddedOrSayWhichKeysTakePart() {
        double[][] mask = {{0.5, -1, HIDDEN, 0}, {0, HIDDEN, 2, 0}, {1, 1, 1, 1}};
        close(q.attention(k, v, Array.of(mask)), naive(rows(q), rows(k), rows(v), mask));
        double[][] row = {{0, 0, HIDDEN, 0}, {0, 0, HIDDEN, 0}, {0, 0, HIDDEN, 0}};
        close(q.attention(k, v, Array.of(true, true, false, true)), naive(rows(q), rows(k), rows(v), row));
    }

    @Test
    void leadingAxesAreHeadsAndBroadcast() {
        Array heads = normal(4, 2, 3, 2);
        Tensor y = heads.attention(k, v);
        for (int head = 0; head < 2; head++) {
            double[][] own = rows(heads.take(0, head));
            close(y.take(0, head), naive(own, rows(k), rows(v), new double[3][4]));
        }
    }

    @Test
    void whoSeesNothingGetsZerosAndNothingDependsOnIt() {
        Array mask = Array.of(Array.of(true, true, true, true, false, false, false, false, true, false, false, false)
                .reshape(3, 4));
        double[] y = numbers(q.attention(k, v, mask));
        assertThat(Arrays.copyOfRange(y, 5, 10)).containsOnly(0);
        Function<List<Tensor>, Tensor> f =
                l -> l.get(0).attention(l.get(1), l.get(2), mask).square().sum();
        List<Tensor> gradients = grad(f).apply(List.of(q, k, v));
        gradients.forEach(g -> assertThat(numbers(g)).satisfies(TestNumbers::finite));
        assertThat(numbers(gradients.getFirst().take(0, 1))).containsExactly(0, 0);
        List<Tensor> twice = grad((List<Tensor> l) ->
                        grad(f).apply(l).getFirst().square().sum())
                .apply(List.of(q, k, v));
        twice.forEach(g -> assertThat(numbers(g)).satisfies(TestNumbers::finite));
        Tensor added = mask.where(Array.scalar(0.0), Array.scalar(HIDDEN));
        close(q.attention(k, v, added), y);
        assertThat(numbers(grad((Tensor m) -> q.attention(k, v, m).sum()).apply(added)))
                .satisfies(TestNumbers::finite);
    }

    @Test
    void absentScoresHaveNoPart() {
        Array nothing = Array.of(HIDDEN, HIDDEN);
        assertThat(numbers(nothing.maskedSoftmax(0))).containsExactly(0, 0);
        assertThat(numbers(grad((Tensor x) -> x.maskedSoftmax(0).square().sum()).apply(nothing)))
                .containsExactly(0, 0);
        assertThat(numbers(Array.of(HIDDEN, 3, 3).maskedSoftmax(0))).containsExactly(0, 0.5, 0.5);
        assertThat(numbers(nothing.softmax(0))).containsExactly(Double.NaN, Double.NaN);
        assertThat(numbers(Array.of(0, Math.log(3)).softmin(0))).containsExactly(0.75, 0.25);
    }

    @Test
    void theLogarithmOfAnEmptySumStandsStill() {
        Array nothing = Array.of(HIDDEN, HIDDEN);
        Function<Tensor, Tensor> f = Tensor::logSumExp;
        assertThat(numbers(grad(f).apply(nothing))).containsExactly(0, 0);
        assertThat(numbers(jvp(f, (Tensor) nothing, Array.of(1.0, 2)).tangent()))
                .containsExactly(0);
        Function<Tensor, Tensor> slope = x -> grad(f).apply(x).sum();
        assertThat(numbers(grad(slope).apply(nothing))).containsExactly(0, 0);
        assertThat(numbers(grad(f).apply(Array.of(HIDDEN, 1)))).containsExactly(0, 1);
    }

    @Test
    void dropoutStandsBetweenWeightsAndValues() {
        Tensor weights = q.attentionWeights(k, Attention.Masking.CAUSAL);
        close(weights.matmul(v), numbers(q.causalAttention(k, v)));
        close(weights.dropout(Array.key(Key.of(1)), 0).matmul(v), numbers(q.causalAttention(k, v)));
        assertThatThrownBy(() -> q.attentionWeights(k, Attention.Masking.GIVEN))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("attentionWeights: a given mask must be given; use attentionWeights(keys, mask)");
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> q.attention(normal(1, 4, 3), v))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage(
                        "attention: f64[3,2] and f64[4,3] and f64[4,5]: queries […,L,E] need keys […,S,E] and values"
                                + " […,S,V] with the same E and S");
        assertThatThrownBy(() -> q.attention(k, v, Array.of(true, false)))
                .hasMessage("attention: f64[3,2] and f64[4,2] and f64[4,5] and bool[2]: the mask must broadcast to the"
                        + " scores [3,4]");
        assertThatThrownBy(() -> q.attention(k, v, Array.zeros(DType.F32, 4)))
                .hasMessage(
                        "attention: f64[3,2] and f64[4,2] and f64[4,5] and f32[4]: element types must be equal; convert"
                                + " one side, for instance x.to(DType.F64)");
        assertThatThrownBy(() -> Array.of(1.0).attention(k, v))
                .hasMessage("attention: f64[1]: queries must be […,L,E]");
        assertThatThrownBy(() -> new Attention(Double.NaN, Attention.Masking.NONE))
                .hasMessage("attention: the scale must be finite, not NaN");
    }
}
