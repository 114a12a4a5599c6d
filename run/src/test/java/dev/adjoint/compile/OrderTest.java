package dev.adjoint.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Transformations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static final int LAYERS = 12;
    private static final int WIDTH = 32;

    /// One kilobyte.
    private static final Tensor X = Array.zeros(DType.F64, 128);

    private static Tasks tasks(Graph graph) {
        return new Fuse(_ -> false).apply(graph);
    }

    private static long peak(Tasks tasks) {
        return new PlanMemory().apply(tasks).peakBytes();
    }

    private static Graph graph(Function<Tensor, List<Tensor>> f) {
        return Trace.of(X, f).graph();
    }

    @Test
    void whatFreesMoreThanItTakesRunsAtOnce() {
        Graph graph = graph(x -> {
            Tensor a = x.sin();
            Tensor b = x.cos();
            Tensor c = x.exp();
            return List.of(c.sum(), b.sum(), a.sum());
        });
        Tasks scattered = new Tasks(
                graph,
                tasks(graph).list().stream()
                        .sorted((s, t) -> Integer.compare(size(t), size(s)))
                        .toList());
        // Before, all three beside x; now one of them, and the sums of the others.
        assertThat(peak(scattered)).isEqualTo(4 * 1024);
        assertThat(peak(new Order().apply(scattered))).isEqualTo(2 * 1024 + 2 * 8);
    }

    private static int size(Task task) {
        return (int) task.writes().getFirst().shape().count();
    }

    @Test
    void whatDoesNotGainKeepsTheOrderOfTheGraph() {
        Tasks tasks = tasks(graph(x -> List.of(x.sin().exp(), x.cos().exp())));
        assertThat(new Order().apply(tasks)).isEqualTo(tasks);
    }

    /// A step of a deep network: new weights from old ones.
    private static List<Tensor> step(List<Tensor> weights) {
        List<Tensor> gradients = Transformations.grad((List<Tensor> w) -> {
                    Tensor x = Array.key(Key.of(1)).normal(TensorType.of(DType.F32, 8 * WIDTH, WIDTH));
                    for (Tensor weight : w) {
                        x = x.matmul(weight).tanh();
                    }
                    return x.square().sum();
                })
                .apply(weights);
        List<Tensor> next = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            next.add(weights.get(i).sub(gradients.get(i).mul(0.01)));
        }
        return next;
    }

    @Test
    void weightsAreUpdatedAsSoonAsTheirGradientsAreKnown() {
        Compiled<List<Tensor>, List<Tensor>> compiled = Compiled.of(OrderTest::step);
        List<Tensor> weights = IntStream.range(0, LAYERS)
                .mapToObj(i -> (Tensor) Array.zeros(DType.F32, WIDTH, WIDTH))
                .toList();
        Plan plan = compiled.executable(weights).plan();
        long activation = 4L * 8 * WIDTH * WIDTH;
        long weight = 4L * WIDTH * WIDTH;
        // The activations of all layers, the old weights and the new: no gradients of all activations or weights beside
        // them.
        assertThat(plan.peakBytes()).isLessThan((LAYERS + 4) * activation + 2 * LAYERS * weight);
        assertThat(plan.buffers().bytes()).isLessThan(LAYERS * activation + 4 * (activation + weight));
    }

    @Test
    void theOrderChangesNoResult() {
        List<Tensor> weights = IntStream.range(0, LAYERS)
                .mapToObj(i -> (Tensor) Array.of(Array.key(Key.of(i))
                        .normal(TensorType.of(DType.F32, WIDTH, WIDTH))
                        .mul(0.2)))
                .toList();
        List<Tensor> found = Compiled.of(OrderTest::step, Kernels.reference()).apply(weights);
        List<Tensor> expected = step(weights);
        for (int i = 0; i < LAYERS; i++) {
            assertThat(found.get(i).sub(expected.get(i)).abs().max().elements().get(0))
                    .isLessThan(1e-4);
        }
    }
}
