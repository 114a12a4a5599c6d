package dev.adjoint.run;

import static dev.adjoint.run.TestNumbers.normal;
import static dev.adjoint.run.TestNumbers.numbers;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.op.composite.RnnCell;
import dev.adjoint.tensor.Cells;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.Loops;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Recurrent cells against the equations of PyTorch's documentation, gate by gate and number by number.
class CellsTest {
    private static final int INPUT = 3;
    private static final int WIDTH = 2;

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// Σᵢ xᵢ·Wᵢⱼ.
    private static double product(double[] x, double[] weight, int column) {
        int columns = weight.length / x.length;
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * weight[i * columns + column];
        }
        return sum;
    }

    private static void close(Tensor found, double... expected) {
        double[] numbers = numbers(found);
        assertThat(numbers).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers[i]).isCloseTo(expected[i], within(1e-14));
        }
    }

    private final Array x = normal(1, INPUT);
    private final Array h = normal(2, WIDTH);
    private final Array c = normal(3, WIDTH);

    @Test
    void simpleCell() {
        Cells.CellWeights w = new Cells.CellWeights(normal(4, INPUT, WIDTH), normal(5, WIDTH, WIDTH), normal(6, WIDTH));
        double[] sums = new double[WIDTH];
        for (int j = 0; j < WIDTH; j++) {
            sums[j] = product(numbers(x), numbers(w.input()), j)
                    + product(numbers(h), numbers(w.state()), j)
                    + numbers(w.bias())[j];
        }
        close(x.rnnCell(h, w, RnnCell.Activation.TANH), Math.tanh(sums[0]), Math.tanh(sums[1]));
        close(x.rnnCell(h, w, RnnCell.Activation.RELU), Math.max(0, sums[0]), Math.max(0, sums[1]));
    }

    @Test
    void gatedCell() {
        Cells.CellWeights w =
                new Cells.CellWeights(normal(4, INPUT, 3 * WIDTH), normal(5, WIDTH, 3 * WIDTH), normal(6, 3 * WIDTH));
        Array stateBias = normal(7, 3 * WIDTH);
        double[] expected = new double[WIDTH];
        for (int j = 0; j < WIDTH; j++) {
            double[] input = new double[3];
            double[] state = new double[3];
            for (int gate = 0; gate < 3; gate++) {
                int column = gate * WIDTH + j;
                input[gate] = product(numbers(x), numbers(w.input()), column) + numbers(w.bias())[column];
                state[gate] = product(numbers(h), numbers(w.state()), column) + numbers(stateBias)[column];
            }
            double r = sigmoid(input[0] + state[0]);
            double z = sigmoid(input[1] + state[1]);
            double n = Math.tanh(input[2] + r * state[2]);
            expected[j] = (1 - z) * n + z * numbers(h)[j];
        }
        close(x.gruCell(h, w, stateBias), expected);
    }

    private final Cells.CellWeights lstm =
            new Cells.CellWeights(normal(4, INPUT, 4 * WIDTH), normal(5, WIDTH, 4 * WIDTH), normal(6, 4 * WIDTH));

    @Test
    void longShortTermMemory() {
        double[] hidden = new double[WIDTH];
        double[] memory = new double[WIDTH];
        for (int j = 0; j < WIDTH; j++) {
            double[] sum = new double[4];
            for (int gate = 0; gate < 4; gate++) {
                int column = gate * WIDTH + j;
                sum[gate] = product(numbers(x), numbers(lstm.input()), column)
                        + product(numbers(h), numbers(lstm.state()), column)
                        + numbers(lstm.bias())[column];
            }
            memory[j] = sigmoid(sum[1]) * numbers(c)[j] + sigmoid(sum[0]) * Math.tanh(sum[2]);
            hidden[j] = sigmoid(sum[3]) * Math.tanh(memory[j]);
        }
        Cells.LstmState next = x.lstmCell(new Cells.LstmState(h, c), lstm);
        close(next.hidden(), hidden);
        close(next.memory(), memory);
    }

    @Test
    void cellsRunOverTimeAndInBatches() {
        Array inputs = normal(8, 5, 4, INPUT);
        Cells.LstmState start = new Cells.LstmState(normal(9, 4, WIDTH), normal(10, 4, WIDTH));
        Cells.LstmState byHand = start;
        for (Tensor step : inputs.unstack(0)) {
            byHand = step.lstmCell(byHand, lstm);
        }
        var run = Loops.scan(start, (Tensor) inputs, (state, step) -> {
            Cells.LstmState next = step.lstmCell(state, lstm);
            return new Loops.Next<>(next, next.hidden());
        });
        close(run.carry().memory(), numbers(byHand.memory()));
        close(run.output().take(0, -1), numbers(byHand.hidden()));
        Tensor batched = vmap((List<Tensor> l) -> l.get(0)
                        .lstmCell(new Cells.LstmState(l.get(1), l.get(2)), lstm)
                        .memory())
                .apply(List.of(inputs.take(0, 0), start.hidden(), start.memory()));
        close(batched, numbers(inputs.take(0, 0).lstmCell(start, lstm).memory()));
    }

    private static final int STEPS = 3;

    @Test
    void sequencesAreStepsOfTheCells() {
        Array inputs = normal(8, 4, STEPS, INPUT);
        Cells.LstmState state = new Cells.LstmState(normal(9, 4, WIDTH), normal(10, 4, WIDTH));
        Cells.LstmStates all = inputs.lstmSequence(state, lstm);
        Cells.CellWeights w =
                new Cells.CellWeights(normal(4, INPUT, 3 * WIDTH), normal(5, WIDTH, 3 * WIDTH), normal(6, 3 * WIDTH));
        Tensor gated = normal(9, 4, WIDTH);
        Tensor gatedSteps = inputs.gruSequence(gated, w, normal(7, 3 * WIDTH));
        for (int t = 0; t < STEPS; t++) {
            Tensor step = inputs.take(1, t);
            state = step.lstmCell(state, lstm);
            gated = step.gruCell(gated, w, normal(7, 3 * WIDTH));
            close(all.hidden().take(1, t), numbers(state.hidden()));
            close(all.memory().take(1, t), numbers(state.memory()));
            close(gatedSteps.take(1, t), numbers(gated));
        }
    }

    @Test
    void sequencesRunInBatchesOfBatches() {
        Array inputs = normal(8, 2, 4, STEPS, INPUT);
        Cells.LstmState start = new Cells.LstmState(normal(9, 4, WIDTH), normal(10, 4, WIDTH));
        Tensor batched =
                vmap((Tensor one) -> one.lstmSequence(start, lstm).hidden()).apply(inputs);
        close(
                batched.take(0, 1),
                numbers(inputs.take(0, 1).lstmSequence(start, lstm).hidden()));
    }

    @Test
    void sequencesThatDoNotFitAreNamed() {
        Cells.LstmState state = new Cells.LstmState(normal(9, 4, WIDTH), normal(10, 4, WIDTH));
        assertThatThrownBy(() -> normal(8, 5, STEPS, INPUT).lstmSequence(state, lstm))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessageStartingWith("lstmsequence: f64[5,3,3] and")
                .hasMessageEndingWith("inputs [N,T,I] need weights [I,4·H] and [H,4·H], a bias [4·H] and states [N,H]");
        assertThatThrownBy(() -> normal(8, 5, INPUT).gruSequence(normal(9, 5, WIDTH), lstm, normal(6, 4 * WIDTH)))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessageEndingWith(
                        "inputs [N,T,I] need weights [I,3·H] and [H,3·H], biases [3·H] and a state [N,H]");
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Cells.LstmState state = new Cells.LstmState(h, c);
        assertThatThrownBy(() -> h.lstmCell(state, lstm))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("lstmcell: f64[2] and f64[2] and f64[2] and f64[3,8] and f64[2,8] and f64[8]: x […,I] needs"
                        + " states […,H], weights [I,4·H] and [H,4·H], and biases [4·H]");
        assertThatThrownBy(() -> x.rnnCell(h, lstm, RnnCell.Activation.TANH))
                .hasMessage(
                        "rnncell: f64[3] and f64[2] and f64[3,8] and f64[2,8] and f64[8]: x […,I] needs states […,H],"
                                + " weights [I,H] and [H,H], and biases [H]");
    }
}
