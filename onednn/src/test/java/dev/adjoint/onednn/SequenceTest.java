package dev.adjoint.onednn;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.compile.Cluster;
import dev.adjoint.op.Catalog;
import dev.adjoint.op.Op;
import dev.adjoint.op.composite.GruSequence;
import dev.adjoint.op.composite.GruSequenceGradient;
import dev.adjoint.op.composite.LstmSequence;
import dev.adjoint.op.composite.LstmSequenceGradient;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Cells.CellWeights;
import dev.adjoint.tensor.Cells.LstmState;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.testkit.OpLaws;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Recurrent networks over time by oneDNN against the scan of single steps, which the reference kernels run.
class SequenceTest {
    private static final int STEPS = 7;
    private static final int INPUTS = 5;

    /// No multiple of a register.
    private static final int WIDTH = 19;

    private static Tensor normal(long seed, double scale, long... dims) {
        float[] numbers = new float[(int) TensorType.of(DType.F32, dims).shape().count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (scale * Key.of(seed).normal(i));
        }
        return Array.of(numbers).reshape(dims);
    }

    /// x, W, U, both biases, h₀ and c₀ of more sequences than two blocks hold.
    private static List<Tensor> operands(int gates, long sequences) {
        long wide = (long) gates * WIDTH;
        return List.of(
                normal(1, 1, sequences, STEPS, INPUTS),
                normal(2, 0.5, INPUTS, wide),
                normal(3, 0.3, WIDTH, wide),
                normal(4, 0.5, wide),
                normal(5, 0.5, wide),
                normal(6, 1, sequences, WIDTH),
                normal(7, 1, sequences, WIDTH));
    }

    private static Tensor lstm(List<Tensor> of) {
        var all = of.get(0)
                .lstmSequence(
                        new LstmState(of.get(5), of.get(6)),
                        new CellWeights(of.get(1), of.get(2), of.get(3).add(of.get(4))));
        return Tensor.concat(-1, List.of(all.hidden(), all.memory()));
    }

    private static Tensor lstmHidden(List<Tensor> of) {
        return lstm(of).slice(-1, 0, WIDTH);
    }

    private static Tensor gru(List<Tensor> of) {
        Tensor start = of.get(5).add(of.get(6));
        return of.get(0).gruSequence(start, new CellWeights(of.get(1), of.get(2), of.get(3)), of.get(4));
    }

    private static void close(Tensor found, Tensor expected) {
        double[] wanted = Array.of(expected).toDoubles();
        double[] numbers = Array.of(found).toDoubles();
        double largest = 1;
        for (double number : wanted) {
            largest = Math.max(largest, Math.abs(number));
        }
        for (int i = 0; i < wanted.length; i++) {
            assertThat(numbers[i]).as("element %d", i).isCloseTo(wanted[i], within(1e-5 * largest));
        }
    }

    private static void check(Function<List<Tensor>, Tensor> network, List<Tensor> operands) {
        close(
                Compiled.of(network).apply(operands),
                Compiled.of(network, Kernels.reference()).apply(operands));
        Function<List<Tensor>, List<Tensor>> gradient =
                grad((List<Tensor> l) -> network.apply(l).sin().sum());
        List<Tensor> found = Compiled.of(gradient).apply(operands);
        List<Tensor> expected = Compiled.of(gradient, Kernels.reference()).apply(operands);
        List<Tensor> alone =
                Compiled.of(gradient, Kernels.installed(Workers.of(1))).apply(operands);
        for (int i = 0; i < expected.size(); i++) {
            close(found.get(i), expected.get(i));
            assertThat(Array.of(found.get(i)).toDoubles())
                    .containsExactly(Array.of(alone.get(i)).toDoubles());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 8, 21, 70})
    void valueAndGradientsAreThoseOfSingleSteps(long sequences) {
        check(SequenceTest::lstm, operands(4, sequences));
        check(SequenceTest::lstmHidden, operands(4, sequences));
        check(SequenceTest::gru, operands(3, sequences));
    }

    static List<Class<? extends Op>> operators() {
        return List.of(LstmSequence.class, LstmSequenceGradient.class, GruSequence.class, GruSequenceGradient.class);
    }

    @ParameterizedTest
    @MethodSource("operators")
    void everyLawHolds(Class<? extends Op> operator) {
        OpLaws.of(operator).check();
    }

    @Test
    void theLibraryRunsThemWhole() {
        for (Class<? extends Op> operator : operators()) {
            var sample = Catalog.samples(operator).getFirst();
            List<TensorType> floats = sample.types().stream()
                    .map(type -> type.withDtype(DType.F32))
                    .toList();
            assertThat(new OnednnKernels().kernel(Cluster.of(sample.op(), floats), Workers.all()))
                    .as("%s", operator)
                    .isPresent();
        }
    }
}
