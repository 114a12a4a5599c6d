package dev.adjoint.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.nn.Init;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Summary;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Cells.LstmState;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.Transformations;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecurrentTest {
    private static final Pass USE = Pass.evaluation();
    private static final Tensor X = Init.normal(Key.of(9), 1, 2, 5, 3);
    private static final Lstm LSTM = Lstm.init(Key.of(1), 3, 4);
    private static final Gru GRU = Gru.init(Key.of(2), 3, 4);
    private static final Rnn RNN = Rnn.init(Key.of(3), 3, 4);

    private static void close(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(Array.of(actual).toDoubles())
                .usingComparatorWithPrecision(1e-5)
                .containsExactly(Array.of(expected).toDoubles());
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// xₜ·W + h·U + b for the gate g of unit j.
    private static double sum(Lstm lstm, int sequence, int step, double[] h, int column) {
        double sum = Array.of(lstm.weights().bias()).get(column);
        for (int i = 0; i < 3; i++) {
            sum += Array.of(X).get(sequence, step, i)
                    * Array.of(lstm.weights().input()).get(i, column);
        }
        for (int i = 0; i < 4; i++) {
            sum += h[i] * Array.of(lstm.weights().state()).get(i, column);
        }
        return sum;
    }

    @Test
    void aLongShortTermMemoryIsTheLoopOfItsFormula() {
        Array results = Array.of(LSTM.apply(X, USE));
        for (int n = 0; n < 2; n++) {
            double[] h = new double[4];
            double[] c = new double[4];
            for (int t = 0; t < 5; t++) {
                double[] next = new double[4];
                for (int j = 0; j < 4; j++) {
                    double input = sigmoid(sum(LSTM, n, t, h, j));
                    double forget = sigmoid(sum(LSTM, n, t, h, 4 + j));
                    c[j] = forget * c[j] + input * Math.tanh(sum(LSTM, n, t, h, 8 + j));
                    next[j] = sigmoid(sum(LSTM, n, t, h, 12 + j)) * Math.tanh(c[j]);
                    assertThat(results.get(n, t, j)).isCloseTo(next[j], within(1e-5));
                }
                h = next;
            }
        }
    }

    private static <S> void streams(Recurrent<S> network) {
        Steps<S> whole = network.run(network.start(X), X);
        Steps<S> first = network.run(network.start(X), X.slice(1, 0, 2));
        Steps<S> second = network.run(first.last(), X.slice(1, 2, 5));
        close(Tensor.concat(1, List.of(first.results(), second.results())), whole.results());
        close(network.apply(X, USE), whole.results());
    }

    @Test
    void aSequenceInPiecesGivesWhatTheWholeGives() {
        streams(LSTM);
        streams(GRU);
        streams(RNN);
        streams(Rnn.ramp(Key.of(1), 3, 4));
        streams(Stacked.of(3, Lstm::init).init(Key.of(4), 3, 4));
    }

    private static <S> void masks(Masked<S> network) {
        Tensor lengths = Array.of(3, 5);
        Steps<S> both = network.run(network.start(X), X, Masked.mask(lengths, 5));
        Tensor shorter = X.slice(0, 0, 1).slice(1, 0, 3);
        Tensor alone = network.apply(shorter, USE);
        close(both.results().slice(0, 0, 1).slice(1, 0, 3), alone);
        close(both.results().slice(0, 0, 1).slice(1, 3, 5), alone.slice(1, 0, 2).zerosLike());
        close(both.results().take(0, 1), network.apply(X, USE).take(0, 1));
    }

    @Test
    void aMaskedStepLeavesTheStateAndShowsZero() {
        masks(LSTM);
        masks(GRU);
        masks(RNN);
        masks(Stacked.of(2, Gru::init).init(Key.of(4), 3, 4));
        LstmState last =
                LSTM.run(LSTM.start(X), X, Masked.mask(Array.of(3, 5), 5)).last();
        close(last.hidden().take(0, 0), LSTM.apply(X, USE).take(0, 0).take(0, 2));
    }

    @Test
    void twoDirectionsStandSideBySide() {
        Bidirectional<LstmState> both = new Bidirectional<>(LSTM, Lstm.init(Key.of(7), 3, 2));
        Tensor y = both.apply(X, USE);
        close(y.slice(2, 0, 4), LSTM.apply(X, USE));
        close(y.slice(2, 4, 6), Lstm.init(Key.of(7), 3, 2).apply(X.flip(1), USE).flip(1));
        Tensor masked = both.apply(X, Masked.mask(Array.of(2, 5), 5));
        close(masked.slice(0, 0, 1).slice(1, 0, 2), both.apply(X.slice(0, 0, 1).slice(1, 0, 2), USE));
        Bidirectional<Tensor> upper = new Bidirectional<>(Gru.init(Key.of(5), 6, 3), Gru.init(Key.of(6), 6, 2));
        Tensor mask = Masked.mask(Array.of(2, 5), 5);
        Tensor deep = upper.apply(both.apply(X, mask), mask);
        Tensor alone = upper.apply(both.apply(X.slice(0, 0, 1).slice(1, 0, 2), USE), USE);
        close(deep.slice(0, 0, 1).slice(1, 0, 2), alone);
        close(deep.slice(0, 0, 1).slice(1, 2, 5), Init.zeros(1, 3, 5));
    }

    @Test
    void weightsAreCountedAndGetGradients() {
        assertThat(Summary.weights(LSTM)).isEqualTo(4 * 4 * (3 + 4 + 1));
        assertThat(Summary.weights(GRU)).isEqualTo(3 * 4 * (3 + 4 + 2));
        assertThat(Summary.weights(RNN)).isEqualTo(4 * (3 + 4 + 1));
        Lstm gradient = Transformations.<Lstm>grad(
                        lstm -> lstm.apply(X, USE).square().sum())
                .apply(LSTM);
        double epsilon = 1e-2;
        Tensor bias = LSTM.weights().bias();
        Tensor along = Init.normal(Key.of(5), 1, 16);
        double[] ends = new double[2];
        for (int side = 0; side < 2; side++) {
            Tensor moved = bias.add(along.mul(side == 0 ? -epsilon : epsilon));
            Lstm there = new Lstm(new dev.adjoint.tensor.Cells.CellWeights(
                    LSTM.weights().input(), LSTM.weights().state(), moved));
            ends[side] = Array.of(there.apply(X, USE).square().sum()).item();
        }
        double slope = Array.of(gradient.weights().bias().mul(along).sum()).item();
        assertThat(slope).isCloseTo((ends[1] - ends[0]) / (2 * epsilon), within(1e-2));
    }

    @Test
    void mistakesAreExplained() {
        assertThatThrownBy(() -> LSTM.apply(X.take(1, 0), USE))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessageContaining("lstm: f32[2,3]: x must be [N,T,I]: sequences, steps, inputs");
        assertThatThrownBy(() -> LSTM.apply(Array.zeros(DType.F32, 2, 5, 7), USE))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessageContaining("x […,I] needs states […,H], weights [I,4·H] and [H,4·H], and biases [4·H]");
        assertThatThrownBy(() -> GRU.run(GRU.start(X), X, Array.of(true, false)))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessageContaining("gru: f32[2,5,3] and bool[2]: x [N,T,…] needs a mask [N,T] of booleans");
        assertThatThrownBy(() -> Masked.mask(Array.of(1f), 2))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("the lengths of sequences are integers [N], not f32[1]");
        assertThatThrownBy(() -> new Stacked<LstmState>(List.of()))
                .hasMessage("a stack of recurrent layers needs at least one");
    }
}
