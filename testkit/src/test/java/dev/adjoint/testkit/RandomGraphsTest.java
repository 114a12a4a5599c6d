package dev.adjoint.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.GraphText;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Batch;
import dev.adjoint.transform.Deduplicate;
import dev.adjoint.transform.Expand;
import dev.adjoint.transform.Jvp;
import dev.adjoint.transform.Simplify;
import dev.adjoint.transform.Transform;
import dev.adjoint.transform.Vjp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The passes, on graphs that nobody thought of.
class RandomGraphsTest {
    private static final int GRAPHS = 150;
    private static final int CALLS = 9;
    private static final double ROUNDING = 1e-9;
    private static final List<Transform> PASSES =
            List.of(new Simplify(), new Deduplicate(), Expand.all(), new Simplify().then(new Deduplicate()));

    static Stream<Key> keys() {
        return Key.of(2025).split(GRAPHS).stream();
    }

    /// Shrinks what fails before it is shown.
    private static void check(Key key, Consumer<Graph> law) {
        Shrinking.check(key, RandomGraph.of(key, CALLS), law);
    }

    private static List<Array> point(Graph graph, Key key) {
        List<Array> point = new ArrayList<>();
        for (int i = 0; i < graph.inputs().size(); i++) {
            TensorType type = graph.inputTypes().get(i);
            Draw draw = new Draw(key.fold(i));
            point.add(draw.uniform(type, type.dtype().isFloating() ? -2 : 0, 2));
        }
        return point;
    }

    /// What a graph gives: its results, or the message of its refusal (an index out of range).
    private static Object outcome(Graph graph, List<Array> arguments, Kernels kernels) {
        try {
            return Executable.compile(graph, kernels).run(arguments);
        } catch (AdjointException e) {
            return "refused";
        }
    }

    private static Object eager(Graph graph, List<Array> arguments) {
        try {
            return graph.apply(arguments).stream().map(Array::of).toList();
        } catch (AdjointException e) {
            return "refused";
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Array> arrays(Object outcome) {
        return outcome instanceof List<?> list ? (List<Array>) list : List.of();
    }

    private static void agree(Object found, Object expected, double tolerance, String where) {
        assertThat(found instanceof List).as(where).isEqualTo(expected instanceof List);
        for (int i = 0; i < arrays(expected).size(); i++) {
            new Agreement(tolerance)
                    .check(arrays(found).get(i), arrays(expected).get(i), where);
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void passesChangeNoBit(Key key) {
        check(key, graph -> passesChangeNoBit(graph, key));
    }

    private static void passesChangeNoBit(Graph graph, Key key) {
        List<Array> x = point(graph, key);
        Object expected = outcome(graph, x, Kernels.reference());
        for (Transform pass : PASSES) {
            Graph transformed = pass.apply(graph);
            agree(outcome(transformed, x, Kernels.reference()), expected, 0, key + " after " + pass + "\n" + graph);
        }
        agree(outcome(GraphText.parse(graph.toString()), x, Kernels.reference()), expected, 0, key + " as text");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void installedKernelsAgreeWithTheReference(Key key) {
        check(key, graph -> installedKernelsAgreeWithTheReference(graph, key));
    }

    private static void installedKernelsAgreeWithTheReference(Graph graph, Key key) {
        List<Array> x = point(graph, key);
        Object expected = outcome(graph, x, Kernels.reference());
        agree(outcome(graph, x, Kernels.installed()), expected, ROUNDING, key + " compiled\n" + graph);
        agree(eager(graph, x), expected, ROUNDING, key + " eager\n" + graph);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void derivativesAgreeWithDifferences(Key key) {
        check(key, graph -> derivativesAgreeWithDifferences(graph, key));
    }

    private static void derivativesAgreeWithDifferences(Graph graph, Key key) {
        Probe probe = probe(graph, key);
        if (!isFinite(probe)) {
            return;
        }
        double error = probe.transposeError(key.fold(7));
        if (error >= ROUNDING) { // a drawn graph may make a derivative of what is rounding alone
            assertThat(error).as(key + "\n" + graph).isLessThan(probe.transposeDoubt(key.fold(7)));
        }
        Probe.Errors errors = probe.errors(key.fold(8));
        if (errors.smooth()) {
            assertThat(errors.either()).as(key + "\n" + graph).isLessThan(OpCheck.TOLERANCE);
        }
    }

    private static Probe probe(Graph graph, Key key) {
        return new Probe(
                graph,
                point(graph, key),
                graph.inputTypes().stream().map(t -> t.dtype().isFloating()).toList());
    }

    private static boolean isFinite(Probe probe) {
        Object outcome = outcome(new Vjp().then(new Jvp()).apply(probe.graph()), ones(probe), Kernels.reference());
        double[] all = Coordinates.of(arrays(outcome));
        return probe.isDifferentiable()
                && outcome instanceof List
                && IntStream.range(0, all.length).allMatch(i -> Math.abs(all[i]) < 1e6);
    }

    private static List<Array> ones(Probe probe) {
        Graph second = new Vjp().then(new Jvp()).apply(probe.graph());
        List<Array> arguments = new ArrayList<>(probe.point());
        for (TensorType type :
                second.inputTypes().subList(arguments.size(), second.inputs().size())) {
            arguments.add(Array.of(Array.zeros(type).onesLike()));
        }
        return arguments;
    }

    /// The tests above skip what is not finite or not smooth: this tells that they do not skip everything.
    @Test
    void enoughGraphsAreDifferentiable() {
        long compared = keys().filter(key -> {
                    Probe probe = probe(RandomGraph.of(key, CALLS), key);
                    return isFinite(probe) && probe.errors(key.fold(8)).smooth();
                })
                .count();
        assertThat(compared).isGreaterThan(GRAPHS / 4);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void batchingEqualsALoop(Key key) {
        check(key, graph -> batchingEqualsALoop(graph, key));
    }

    private static void batchingEqualsALoop(Graph graph, Key key) {
        int inputs = graph.inputs().size();
        List<List<Array>> examples =
                IntStream.range(0, 3).mapToObj(i -> point(graph, key.fold(i))).toList();
        List<Boolean> mapped = IntStream.range(0, inputs)
                .mapToObj(i -> key.uniform(900 + i) < 0.6)
                .toList();
        List<Array> arguments = IntStream.range(0, inputs)
                .mapToObj(i -> mapped.get(i)
                        ? Array.of(Tensor.stack(
                                0, examples.stream().map(e -> e.get(i)).toList()))
                        : examples.getFirst().get(i))
                .toList();
        Object together = outcome(new Batch(mapped, 3).apply(graph), arguments, Kernels.reference());
        for (int b = 0; b < 3; b++) {
            int example = b;
            List<Array> own = IntStream.range(0, inputs)
                    .mapToObj(i -> examples.get(mapped.get(i) ? example : 0).get(i))
                    .toList();
            Object alone = outcome(graph, own, Kernels.reference());
            if (together instanceof List && alone instanceof List) {
                List<Array> parts = arrays(together).stream()
                        .map(y -> Array.of(y.take(0, example)))
                        .toList();
                agree(parts, alone, ROUNDING, key + " mapped " + mapped + " example " + b + "\n" + graph);
            }
        }
    }
}
