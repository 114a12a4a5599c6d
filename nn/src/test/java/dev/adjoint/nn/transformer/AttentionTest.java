package dev.adjoint.nn.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.nn.Init;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Summary;
import dev.adjoint.nn.recurrent.Masked;
import dev.adjoint.nn.recurrent.Steps;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttentionTest {
    private static final Pass USE = Pass.evaluation();
    private static final Tensor X = Init.normal(Key.of(9), 1, 2, 5, 6);
    private static final Tensor MEMORY = Init.normal(Key.of(8), 1, 2, 4, 6);
    private static final MultiHeadAttention ATTENTION = MultiHeadAttention.init(Key.of(1), 3, 6);

    private static void close(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(Array.of(actual).toDoubles())
                .usingComparatorWithPrecision(1e-5)
                .containsExactly(Array.of(expected).toDoubles());
    }

    private static double[][] mapped(Linear map, Tensor x, int example) {
        Array all = Array.of(map.apply(x, USE));
        double[][] rows = new double[(int) x.dim(1)][(int) x.dim(2)];
        for (int t = 0; t < rows.length; t++) {
            for (int i = 0; i < rows[t].length; i++) {
                rows[t][i] = all.get(example, t, i);
            }
        }
        return rows;
    }

    /// Attention by loops: heads are columns beside each other, query t looks at the first `visible(t)` keys.
    private static void isTheLoop(MultiHeadAttention attention, Tensor x, Tensor memory, Tensor y, boolean causal) {
        int heads = (int) attention.settings().heads();
        for (int n = 0; n < x.dim(0); n++) {
            double[][] q = mapped(attention.maps().query(), x, n);
            double[][] k = mapped(attention.maps().key(), memory, n);
            double[][] v = mapped(attention.maps().value(), memory, n);
            int d = q[0].length / heads;
            double[][] joined = new double[q.length][q[0].length];
            for (int h = 0; h < heads; h++) {
                for (int t = 0; t < q.length; t++) {
                    mix(new double[][][] {q, k, v, joined}, new int[] {t, h * d, d, causal ? t + 1 : k.length});
                }
            }
            float[][] rows = new float[joined.length][joined[0].length];
            for (int t = 0; t < rows.length; t++) {
                for (int i = 0; i < rows[t].length; i++) {
                    rows[t][i] = (float) joined[t][i];
                }
            }
            close(y.take(0, n), attention.maps().output().apply(Array.of(rows), USE));
        }
    }

    private static void mix(double[][][] qkvy, int[] place) {
        int t = place[0];
        int from = place[1];
        double total = 0;
        double[] weights = new double[place[3]];
        for (int s = 0; s < weights.length; s++) {
            double score = 0;
            for (int i = from; i < from + place[2]; i++) {
                score += qkvy[0][t][i] * qkvy[1][s][i];
            }
            weights[s] = Math.exp(score / Math.sqrt(place[2]));
            total += weights[s];
        }
        for (int s = 0; s < weights.length; s++) {
            for (int i = from; i < from + place[2]; i++) {
                qkvy[3][t][i] += weights[s] / total * qkvy[2][s][i];
            }
        }
    }

    @Test
    void itIsTheLoopOverHeadsAndSteps() {
        isTheLoop(ATTENTION, X, X, ATTENTION.apply(X, USE), false);
        isTheLoop(ATTENTION, X, X, ATTENTION.causal().apply(X, USE), true);
        isTheLoop(ATTENTION, X, MEMORY, ATTENTION.attend(X, MEMORY, USE), false);
    }

    @Test
    void aMaskHidesThePaddingOfAMemory() {
        Tensor mask = Masked.mask(Array.of(2, 4), 4).expand(1).expand(1);
        Tensor y = ATTENTION.attend(X, MEMORY, mask, USE);
        close(
                y.slice(0, 0, 1),
                ATTENTION.attend(X.slice(0, 0, 1), MEMORY.slice(0, 0, 1).slice(1, 0, 2), USE));
        close(y.slice(0, 1, 2), ATTENTION.attend(X.slice(0, 1, 2), MEMORY.slice(0, 1, 2), USE));
    }

    @Test
    void stepsOneByOneGiveWhatTheWholeGives() {
        streams(ATTENTION.causal());
        streams(ATTENTION.causal().rotary(Rotary.usual()));
    }

    private static void streams(MultiHeadAttention attention) {
        Steps<KeyValueCache> first = attention.run(attention.cache(X, 7), X.slice(1, 0, 2));
        Steps<KeyValueCache> second = attention.run(first.last(), X.slice(1, 2, 3));
        Steps<KeyValueCache> third = attention.run(second.last(), X.slice(1, 3, 5));
        Tensor pieces = Tensor.concat(1, List.of(first.results(), second.results(), third.results()));
        close(pieces, attention.apply(X, USE));
        assertThat(third.last().length()).isEqualTo(Array.of(Array.scalar(DType.I64, 5)));
    }

    @Test
    void rotatedProductsDependOnTheDistanceAlone() {
        Tensor q = Init.normal(Key.of(1), 1, 1, 6);
        Tensor k = Init.normal(Key.of(2), 1, 1, 6);
        Rotary rotary = Rotary.usual();
        double near = product(rotary, q, k, 0);
        assertThat(product(rotary, q, k, 40)).isCloseTo(near, within(1e-4));
        Tensor turned = rotary.apply(q, Array.of(1));
        Array x = Array.of(q);
        double angle = Math.pow(10_000, -2.0 / 6);
        assertThat(Array.of(turned).get(0, 1))
                .isCloseTo(x.get(0, 1) * Math.cos(angle) - x.get(0, 4) * Math.sin(angle), within(1e-6));
        assertThat(Array.of(turned).get(0, 4))
                .isCloseTo(x.get(0, 1) * Math.sin(angle) + x.get(0, 4) * Math.cos(angle), within(1e-6));
    }

    private static double product(Rotary rotary, Tensor q, Tensor k, int shift) {
        Tensor left = rotary.apply(q, Array.of(3 + shift));
        Tensor right = rotary.apply(k, Array.of(shift));
        return Array.of(left.mul(right).sum()).item();
    }

    @Test
    void wavesAreThoseOfThePaper() {
        Array y = Array.of(new SinusoidalPositions().apply(Array.zeros(DType.F64, 1, 3, 4), USE));
        for (int p = 0; p < 3; p++) {
            assertThat(y.get(0, p, 0)).isCloseTo(Math.sin(p), within(1e-12));
            assertThat(y.get(0, p, 1)).isCloseTo(Math.cos(p), within(1e-12));
            assertThat(y.get(0, p, 2)).isCloseTo(Math.sin(p / 100.0), within(1e-12));
            assertThat(y.get(0, p, 3)).isCloseTo(Math.cos(p / 100.0), within(1e-12));
        }
    }

    @Test
    void blocksStreamInBothPlacements() {
        TransformerBlock block = TransformerBlock.init(Key.of(2), 3, 6).causal();
        for (TransformerBlock.Placement placement : TransformerBlock.Placement.values()) {
            TransformerBlock placed = block.placed(placement);
            Steps<KeyValueCache> first = placed.run(placed.attention().cache(X, 5), X.slice(1, 0, 3));
            Steps<KeyValueCache> second = placed.run(first.last(), X.slice(1, 3, 5));
            close(Tensor.concat(1, List.of(first.results(), second.results())), placed.apply(X, USE));
        }
        // Four maps of 6×6 with bias, two of 6×24 with bias, two norms.
        assertThat(Summary.weights(block)).isEqualTo(4 * 42 + (6 * 24 + 24) + (24 * 6 + 6) + 4 * 6);
    }

    @Test
    void aBlockIsItsFormula() {
        TransformerBlock block = TransformerBlock.init(Key.of(2), 3, 6);
        Tensor h = X.add(block.attention().apply(block.norms().attention().apply(X, USE), USE));
        close(
                block.apply(X, USE),
                h.add(block.network().apply(block.norms().network().apply(h, USE), USE)));
        TransformerBlock after = block.placed(TransformerBlock.Placement.AFTER);
        Tensor g = block.norms().attention().apply(X.add(block.attention().apply(X, USE)), USE);
        close(
                after.apply(X, USE),
                block.norms().network().apply(g.add(block.network().apply(g, USE)), USE));
    }

    @Test
    void aDecoderSeesItsMemoryAndNotItsFuture() {
        DecoderBlock block = DecoderBlock.init(Key.of(3), 3, 6);
        Tensor y = block.apply(X, MEMORY, USE);
        assertThat(y.shape()).isEqualTo(X.shape());
        Tensor changed =
                Tensor.concat(1, List.of(X.slice(1, 0, 4), X.slice(1, 4, 5).add(1)));
        close(block.apply(changed, MEMORY, USE).slice(1, 0, 4), y.slice(1, 0, 4));
        assertThat(block.apply(X, MEMORY.add(1), USE)).isNotEqualTo(y);
        Tensor all = Array.of(true).broadcastTo(Shape.of(1, 1, 1, 4));
        close(block.apply(X, MEMORY, all, USE), y);
        Steps<KeyValueCache> first = block.run(block.block().attention().cache(X, 6), X.slice(1, 0, 2), MEMORY, all);
        Steps<KeyValueCache> second = block.run(first.last(), X.slice(1, 2, 5), MEMORY, all);
        close(Tensor.concat(1, List.of(first.results(), second.results())), y);
    }

    @Test
    void dropoutActsInTrainingAlone() {
        TransformerBlock block = TransformerBlock.init(Key.of(2), 3, 6).dropout(0.5);
        close(block.apply(X, USE), block.dropout(0).apply(X, USE));
        Pass training = Pass.training(Array.key(Key.of(1)));
        assertThat(block.apply(X, training)).isNotEqualTo(block.apply(X, USE));
    }

    @Test
    void mistakesAreExplained() {
        assertThatThrownBy(() -> MultiHeadAttention.init(Key.of(1), 4, 6))
                .hasMessage("attention: 4 heads must divide the width, which is 6");
        assertThatThrownBy(() -> ATTENTION.apply(X.take(0, 0), USE))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessageContaining("attention: f32[5,6]: x must be [N,T,width]: sequences, steps, numbers");
        assertThatThrownBy(() -> LearnedPositions.init(Key.of(1), 4, 6).apply(X, USE))
                .hasMessageContaining(
                        "positions: f32[2,5,6] and f32[4,6]: x must be [N,T,width] with at most 4 steps T, the rows");
        assertThatThrownBy(() -> Rotary.usual().apply(X.slice(2, 0, 3), Array.of(0, 1, 2, 3, 4)))
                .hasMessage("rotary positions turn pairs, so vectors need an even width, not 3");
        assertThatThrownBy(() -> new Rotary(1)).hasMessage("the base of rotary positions is above 1, not 1.0");
    }
}
