package dev.adjoint.cli.expression;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.transform.Cotangents;
import dev.adjoint.transform.Deduplicate;
import dev.adjoint.transform.Simplify;
import dev.adjoint.transform.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The partial derivatives of orders 2 to N of an expression: the gradient's graph is differentiated again.
///
/// @param partials the number for every choice of names (by position, ascending: the order of differentiation does not
///     matter), lower orders first
public record Derivatives(Map<List<Integer>, Double> partials) {
    /// The highest order on offer.
    public static final int HIGHEST = 4;

    private static final int MOST = 1000;
    private static final Transform TIDY = new Simplify().then(new Deduplicate());

    private record Partial(List<Integer> by, Graph graph) {
        int last() {
            return by.isEmpty() ? 0 : by.getLast();
        }
    }

    /// All partial derivatives of orders 2 to `order` of a graph of scalars with one output.
    ///
    /// @throws ExpressionError if they are more than 1000
    public static Derivatives of(Graph graph, List<Double> arguments, int order) {
        check(graph.inputs().size(), order);
        Map<List<Integer>, Double> partials = new LinkedHashMap<>();
        List<Partial> level = differentiate(List.of(new Partial(List.of(), graph)));
        for (int next = 2; next <= order && !level.isEmpty(); next++) {
            level = differentiate(level);
            partials.putAll(numbers(level, arguments));
        }
        return new Derivatives(partials);
    }

    /// The derivative by these names (by position), in any order.
    public double by(List<Integer> names) {
        return Objects.requireNonNull(partials.get(names.stream().sorted().toList()));
    }

    /// The choices of names of one order.
    public List<List<Integer>> ofOrder(int order) {
        return partials.keySet().stream().filter(by -> by.size() == order).toList();
    }

    private static void check(int names, int order) {
        double count = 0;
        double choices = 1;
        for (int k = 1; k <= order; k++) {
            choices = choices * (names + k - 1) / k;
            count += k == 1 ? 0 : choices;
        }
        if (count > MOST) {
            throw ExpressionError.of(names + " names have " + Math.round(count) + " derivatives up to order " + order
                    + ", more than " + MOST + "; lower --order or write some names as numbers");
        }
    }

    private static List<Partial> differentiate(List<Partial> level) {
        List<Partial> next = new ArrayList<>();
        for (Partial partial : level) {
            List<Value> inputs = partial.graph().inputs();
            Cotangents cotangents = new Cotangents(partial.graph(), List.of(Array.scalar(1.0)));
            for (int i = partial.last(); i < inputs.size(); i++) {
                List<Integer> by = new ArrayList<>(partial.by());
                by.add(i);
                Graph gradient = new Graph(inputs, List.of(Value.of(cotangents.orZeros(inputs.get(i)))));
                next.add(new Partial(List.copyOf(by), TIDY.apply(gradient)));
            }
        }
        return next;
    }

    private static Map<List<Integer>, Double> numbers(List<Partial> level, List<Double> arguments) {
        List<Value> inputs =
                level.isEmpty() ? List.of() : level.getFirst().graph().inputs();
        List<Value> outputs =
                level.stream().map(p -> p.graph().outputs().getFirst()).toList();
        List<Array> given = arguments.stream().map(Array::scalar).toList();
        List<Array> results = Executable.compile(new Graph(inputs, outputs)).run(given);
        Map<List<Integer>, Double> partials = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            partials.put(level.get(i).by(), results.get(i).item());
        }
        return partials;
    }
}
