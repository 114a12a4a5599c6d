package dev.adjoint.testkit;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.graph.Trace;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final Array X = Array.of(0.5, -1.5, 2.0);

    private static double[] numbers(Tensor x) {
        return Array.of(x).toDoubles();
    }

    private static void close(Tensor found, double... expected) {
        assertThat(numbers(found)).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers(found)[i]).isCloseTo(expected[i], within(1e-12));
        }
    }

    @Test
    void batchesCaptureOuterVariables() {
        Array rows = Array.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        Function<Tensor, Tensor> f =
                w -> vmap((Tensor row) -> row.mul(w).sum()).apply(rows).sum();
        close(grad(f).apply(Array.of(1.0, 1)), 9, 12);
        Function<Tensor, Tensor> table =
                w -> vmap((Tensor a) -> vmap((Tensor b) -> a.mul(b).mul(w)).apply(Array.of(1.0, 10)))
                        .apply(Array.of(2.0, 3));
        close(table.apply(Array.scalar(2.0)), 4, 40, 6, 60);
        close(grad((Tensor w) -> table.apply(w).sum()).apply(Array.scalar(2.0)), 55);
    }

    @Test
    void perExampleGradients() {
        Array inputs = Array.of(new double[][] {{1, 2}, {3, 4}});
        Array weight = Array.of(0.5, -0.5);
        Function<Tensor, Tensor> perExample =
                x -> grad((Tensor w) -> x.mul(w).sum().square()).apply(weight);
        close(vmap(perExample).apply(inputs), -1, -2, -3, -4);
    }

    @Test
    void batchesMayBeEmpty() {
        Function<Tensor, Tensor> f = x ->
                x.conv2d(Array.zeros(DType.F64, 2, 1, 2, 2), Window.dense(2)).sum(0);
        assertThat(vmap(f).apply(Array.zeros(DType.F64, 0, 3, 1, 4, 4)).type())
                .isEqualTo(TensorType.of(DType.F64, 0, 2, 3, 3));
    }

    @Test
    void randomNumbersInABatchComeFromEachKey() {
        List<Key> keys = Key.of(3).split(4);
        Array batch = Array.of(keys.stream().mapToLong(Key::bits).toArray());
        TensorType type = TensorType.of(DType.F64, 5);
        Tensor together = vmap((Tensor key) -> key.foldKey(7).normal(type)).apply(batch);
        for (int i = 0; i < 4; i++) {
            int example = i;
            double[] own = IntStream.range(0, 5)
                    .mapToDouble(j -> keys.get(example).fold(7).normal(j))
                    .toArray();
            assertThat(numbers(together.take(0, i))).containsExactly(own);
        }
    }

    @Test
    void aBatchNeedsOneFirstExtent() {
        assertThatThrownBy(() -> vmap((List<Tensor> l) -> l.get(0)).apply(List.of(X, Array.of(1.0))))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("vmap needs tensors with one common first extent, not [f64[3], f64[1]]");
        assertThatThrownBy(() -> vmap((Tensor x) -> x).apply(Array.scalar(1.0)))
                .hasMessage("vmap needs tensors with one common first extent, not [f64[]]");
    }

    /// A pass that copied what it captures would double the graph at every step.
    @Test
    void capturedValuesAreNotRecordedAgain() {
        Function<Tensor, Tensor> f = x -> {
            Tensor state = x;
            for (int i = 0; i < 12; i++) {
                Tensor weights = state.softmax(0);
                Function<Tensor, Tensor> weighted = vmap((Tensor row) -> row.mul(weights.sum()));
                state = weighted.apply(state.add(weights));
            }
            return state;
        };
        assertThat(Trace.of(X, f).graph().values()).hasSizeLessThan(12 * 8);
        GradientAssertions.assertGradients(f).at(X);
    }
}
