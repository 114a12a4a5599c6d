package dev.adjoint.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Planted bugs, whose smallest graphs are known.
class ShrinkingTest {
    private static Set<String> operators(Graph graph) {
        return graph.calls().stream().map(v -> v.op().name()).collect(Collectors.toSet());
    }

    /// Sines and products in the midst of other operators.
    private static Graph haystack(int seed) {
        Value x = Value.input("x", TensorType.of(DType.F64, 3));
        Value y = Value.input("y", TensorType.of(DType.F64, 3));
        List<Tensor> made = new ArrayList<>(List.of(x, y));
        Key key = Key.of(seed);
        for (int i = 0; i < 40; i++) {
            Tensor a = made.get((int) (key.uniform(3L * i) * made.size()));
            Tensor b = made.get((int) (key.uniform(3L * i + 1) * made.size()));
            made.add(
                    switch ((int) (key.uniform(3L * i + 2) * 6)) {
                        case 0 -> a.sin();
                        case 1 -> a.mul(b);
                        case 2 -> a.exp();
                        case 3 -> a.add(b);
                        case 4 -> a.tanh();
                        default -> a.sub(b);
                    });
        }
        return new Graph(
                List.of(x, y),
                IntStream.range(20, 42).mapToObj(i -> Value.of(made.get(i))).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aBugThatNeedsTwoOperatorsIsShrunkToTheTwo(int seed) {
        Predicate<Graph> fails = graph -> operators(graph).containsAll(Set.of("sin", "mul"));
        Graph graph = haystack(seed);
        assertThat(fails).accepts(graph);
        Graph smallest = Shrinking.smallest(graph, fails);
        assertThat(fails).accepts(smallest);
        assertThat(smallest.calls()).hasSize(2);
        assertThat(smallest.inputs().size()).isLessThanOrEqualTo(3);
        assertThat(smallest.outputs().size()).isLessThanOrEqualTo(2);
    }

    /// The bug needs a sine that a product reads: the smallest graph is sin(v)·w or sin(v)·v.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aBugThatNeedsAConnectionKeepsIt(int seed) {
        Predicate<Graph> fails = graph -> graph.calls().stream()
                .anyMatch(v -> v.op().name().equals("mul")
                        && v.inputs().stream().anyMatch(x -> x.op().name().equals("sin")));
        Graph random = haystack(seed);
        Tensor last = random.outputs().getFirst().sin().mul(2).exp();
        Graph smallest = Shrinking.smallest(new Graph(random.inputs(), List.of(Value.of(last))), fails);
        assertThat(smallest.inputs()).hasSizeLessThanOrEqualTo(2);
        assertThat(smallest.toString())
                .matches("graph \\(.*\\) \\{\n  a: f64\\[3] = sin \\w+\n  b: f64\\[3] = mul a \\w+\n} -> \\(b\\)");
    }

    @Test
    void whatHoldsPassesAndWhatFailsIsShownSmall() {
        Graph graph = haystack(1);
        assertThatCode(() -> Shrinking.check(Key.of(1), graph, g -> {})).doesNotThrowAnyException();
        assertThatThrownBy(() -> Shrinking.check(Key.of(7), graph, g -> {
                    if (operators(g).contains("tanh")) {
                        throw new InvalidArgument("a bug of tanh");
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s)drawn with Key.*7.*, shrunk from \\d\\d values to\ngraph \\(\\w: f64\\[3\\]\\)"
                        + " \\{\n  a: f64\\[3\\] = tanh \\w\n\\} -> \\(a\\)\na bug of tanh");
    }

    /// Another failure on the way is not the one that is looked for.
    @Test
    void onlyTheSameFailureCounts() {
        Graph graph = haystack(2);
        assertThatThrownBy(() -> Shrinking.check(Key.of(7), graph, g -> {
                    if (g.calls().size() < 5) {
                        throw new IllegalStateException("too small");
                    }
                    throw new InvalidArgument("large");
                }))
                .hasMessageEndingWith("large");
    }
}
