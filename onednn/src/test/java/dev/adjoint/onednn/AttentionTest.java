package dev.adjoint.onednn;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Attention by blocks on native products against the plain formula.
class AttentionTest {
    private static final int STEPS = 150;

    private static Tensor normal(long seed, long... dims) {
        float[] numbers = new float[(int) TensorType.of(DType.F32, dims).shape().count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) Key.of(seed).normal(i);
        }
        return Array.of(numbers).reshape(dims);
    }

    private static final List<Tensor> OPERANDS =
            Stream.of(1L, 2L, 3L).map(seed -> normal(seed, 2, STEPS, 3, 8)).toList();

    private static Tensor heads(List<Tensor> operands, int index) {
        return operands.get(index).permute(0, 2, 1, 3);
    }

    private static Tensor causal(List<Tensor> operands) {
        return heads(operands, 0).causalAttention(heads(operands, 1), heads(operands, 2));
    }

    private static void close(Tensor found, Tensor expected) {
        double[] wanted = Array.of(expected).toDoubles();
        double[] numbers = Array.of(found).toDoubles();
        for (int i = 0; i < wanted.length; i++) {
            assertThat(numbers[i]).as("element %d", i).isCloseTo(wanted[i], within(1e-5));
        }
    }

    @Test
    void nativeBlocksGiveTheFormulasValueAndGradients() {
        Function<List<Tensor>, Tensor> value = AttentionTest::causal;
        close(
                Compiled.of(value).apply(OPERANDS),
                Compiled.of(value, Kernels.reference()).apply(OPERANDS));
        Function<List<Tensor>, List<Tensor>> gradient =
                grad((List<Tensor> l) -> causal(l).sin().sum());
        List<Tensor> expected = Compiled.of(gradient, Kernels.reference()).apply(OPERANDS);
        List<Tensor> found = Compiled.of(gradient).apply(OPERANDS);
        List<Tensor> alone =
                Compiled.of(gradient, Kernels.installed(Workers.of(1))).apply(OPERANDS);
        for (int i = 0; i < expected.size(); i++) {
            close(found.get(i), expected.get(i));
            assertThat(Array.of(found.get(i)).toDoubles())
                    .containsExactly(Array.of(alone.get(i)).toDoubles());
        }
    }
}
