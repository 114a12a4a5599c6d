package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Substitution;
import dev.adjoint.graph.Value;
import dev.adjoint.tensor.Key;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes a graph that fails as small as it gets: as long as the failure remains, it drops outputs, puts operands in the
/// place of outputs, fresh inputs in the place of computed values and operands in the place of results, and drops inputs
/// that nothing reads.
///
/// Source: Hildebrandt, Zeller, "Simplifying failure-inducing input", 2000, with steps that keep a graph well formed.
public final class Shrinking {
    private final Predicate<Graph> fails;

    private Shrinking(Predicate<Graph> fails) {
        this.fails = fails;
    }

    /// Tests a law on a graph that was drawn with a key.
    ///
    /// @throws AssertionError if the law throws anything; the message tells the key and shows the smallest graph for which
    ///     it throws the same
    public static void check(Key key, Graph graph, Consumer<Graph> law) {
        Optional<Throwable> failure = failure(law, graph);
        if (failure.isPresent()) {
            Graph smallest = smallest(
                    graph,
                    smaller -> failure(law, smaller)
                            .filter(other ->
                                    other.getClass().equals(failure.get().getClass()))
                            .isPresent());
            Throwable cause = failure(law, smallest).orElse(failure.get());
            throw new AssertionError(
                    "drawn with " + key + ", shrunk from " + graph.calls().size() + " values to\n" + smallest + "\n"
                            + cause.getMessage(),
                    cause);
        }
    }

    private static Optional<Throwable> failure(Consumer<Graph> law, Graph graph) {
        try {
            law.accept(graph);
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        }
    }

    /// A graph that still fails and none of whose single steps does. Its size is the number of its calls, then of its
    /// outputs, then of its inputs.
    ///
    /// @param failing a graph that fails
    /// @param fails whether a graph fails; asked for smaller and smaller graphs
    public static Graph smallest(Graph failing, Predicate<Graph> fails) {
        Shrinking shrinking = new Shrinking(fails);
        Graph smallest = failing;
        Optional<Graph> smaller = shrinking.step(smallest);
        while (smaller.isPresent()) {
            smallest = smaller.get();
            smaller = shrinking.step(smallest);
        }
        return smallest;
    }

    /// The first smaller graph that fails.
    private Optional<Graph> step(Graph graph) {
        return Stream.of(withoutOutputs(graph), operandsAsOutputs(graph), cut(graph), bypassed(graph), read(graph))
                .flatMap(candidates -> candidates)
                .filter(candidate -> size(candidate) < size(graph))
                .filter(fails)
                .findFirst();
    }

    private static long size(Graph graph) {
        long calls = graph.calls().stream().map(Value::call).distinct().count();
        return (calls << 20)
                + ((long) graph.outputs().size() << 10)
                + graph.inputs().size();
    }

    private static Stream<Graph> withoutOutputs(Graph graph) {
        return IntStream.range(0, graph.outputs().size())
                .filter(i -> graph.outputs().size() > 1)
                .mapToObj(i -> {
                    List<Value> outputs = new ArrayList<>(graph.outputs());
                    outputs.remove(i);
                    return new Graph(graph.inputs(), outputs);
                });
    }

    private static Stream<Graph> operandsAsOutputs(Graph graph) {
        return graph.outputs().stream()
                .flatMap(output -> output.inputs().stream()
                        .map(operand -> new Graph(
                                graph.inputs(),
                                graph.outputs().stream()
                                        .map(v -> v.equals(output) ? operand : v)
                                        .toList())));
    }

    /// A fresh input in the place of a computed value, the values nearest to the outputs first: they free most.
    private static Stream<Graph> cut(Graph graph) {
        return graph.calls().reversed().stream()
                .filter(v -> !graph.outputs().contains(v))
                .map(value -> {
                    Value input = Value.input("v", value.type());
                    List<Value> inputs = new ArrayList<>(graph.inputs());
                    inputs.add(input);
                    return new Graph(inputs, Substitution.apply(graph.outputs(), Map.of(value, input)));
                });
    }

    /// An operand in the place of a result of its type.
    private static Stream<Graph> bypassed(Graph graph) {
        return graph.calls().reversed().stream()
                .flatMap(value -> value.inputs().stream()
                        .filter(operand -> operand.type().equals(value.type()))
                        .map(operand -> new Graph(
                                graph.inputs(), Substitution.apply(graph.outputs(), Map.of(value, operand)))));
    }

    private static Stream<Graph> read(Graph graph) {
        Set<Value> read = new HashSet<>(graph.outputs());
        graph.values().forEach(v -> read.addAll(v.inputs()));
        return Stream.of(
                new Graph(graph.inputs().stream().filter(read::contains).toList(), graph.outputs()));
    }
}
