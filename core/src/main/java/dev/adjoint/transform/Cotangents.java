package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Origin;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Control;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Primitive;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The reverse pass: from the cotangents of the outputs to the cotangent of every value they depend on.
///
/// Every call turns the cotangents of its results into cotangents of its operands; where a value is used more than once,
/// they add.
public final class Cotangents {
    private final Map<Value, Tensor> sums = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Activity activity;
    private final Map<Call, Remembering.Backwards> steps;

    /// What one call hands back to one of its operands: the operand's cotangent through this use alone.
    public record Edge(Call call, int operand, Tensor cotangent) {}

    /// Runs the reverse pass over a graph without composites that lack a reverse rule.
    ///
    /// @param graph the graph
    /// @param seeds the cotangents of its outputs, in order; those of outputs that are not floating are ignored
    public Cotangents(Graph graph, List<? extends Tensor> seeds) {
        this(new Remembering(graph, Map.of()), seeds);
    }

    Cotangents(Remembering remembering, List<? extends Tensor> seeds) {
        Graph graph = remembering.graph();
        steps = remembering.steps();
        activity = new Activity(graph);
        for (int i = 0; i < seeds.size(); i++) {
            add(graph.outputs().get(i), seeds.get(i));
        }
        // By calls, not by values: a call waits until all of its results have gathered their cotangents.
        Set<Call> calls = new LinkedHashSet<>();
        graph.calls().forEach(value -> calls.add(value.call()));
        for (Call call : List.copyOf(calls).reversed()) {
            if (hasCotangent(call)) {
                Origin.backward(Value.of(call.out()))
                        .during(() -> backward(call))
                        .forEach(this::add);
            }
        }
    }

    /// The cotangent of a value, if anything that reached the outputs depends on it.
    public Optional<Tensor> of(Value value) {
        return Optional.ofNullable(sums.get(value));
    }

    /// The cotangent of a value, zeros if nothing depends on it.
    public Tensor orZeros(Value value) {
        return of(value).orElseGet(value::zerosLike);
    }

    /// What every call handed back to every operand that derivatives flow to, from the outputs on.
    public List<Edge> edges() {
        return List.copyOf(edges);
    }

    private boolean hasCotangent(Call call) {
        return call.results().stream().anyMatch(sums::containsKey);
    }

    private List<Edge> backward(Call call) {
        if (call.op() instanceof Factorization factorization) {
            return edges(call, i -> Transposed.vjp(factorization, call, i, given(call)));
        }
        if (call.op() instanceof Composite composite) {
            Optional<List<Tensor>> all = composite.vjp(call, given(call));
            if (all.isPresent()) {
                return edges(call, all.get());
            }
        }
        List<Tensor> cotangents =
                call.results().stream().map(result -> orZeros(Value.of(result))).toList();
        if (call.op() instanceof Control control) {
            return edges(call, control(control, call, cotangents));
        }
        return edges(call, i -> vjp(call, i, cotangents));
    }

    private List<Edge> edges(Call call, IntFunction<Tensor> rule) {
        return IntStream.range(0, call.operands().size())
                .filter(i -> activity.isActive(Value.of(call.operand(i))))
                .mapToObj(i -> new Edge(call, i, rule.apply(i)))
                .toList();
    }

    /// The cotangents that arrived, by the result they belong to. What belongs to none of them is not even recorded: the
    /// derivative of eigenvectors may be refused where that of the eigenvalues exists.
    private SortedMap<Integer, Tensor> given(Call call) {
        SortedMap<Integer, Tensor> given = new TreeMap<>();
        for (int i = 0; i < call.results().size(); i++) {
            Tensor sum = sums.get(Value.of(call.results().get(i)));
            if (sum != null) {
                given.put(i, sum);
            }
        }
        return given;
    }

    /// What one call hands back to one operand.
    static Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
        return switch (call.op()) {
            case Primitive primitive -> primitive.vjp(call, operand, cotangents);
            case Factorization factorization -> Transposed.vjp(factorization, call, operand, byPlace(cotangents));
            case Composite composite ->
                composite
                        .vjp(call, byPlace(cotangents))
                        .map(all -> all.get(floatingBefore(call, operand)))
                        .or(() -> composite.vjp(call, operand, cotangents.getFirst()))
                        .orElseThrow();
            case Control control ->
                ControlRules.backwards(control, call, cotangents).get(floatingBefore(call, operand));
        };
    }

    private static SortedMap<Integer, Tensor> byPlace(List<Tensor> cotangents) {
        SortedMap<Integer, Tensor> all = new TreeMap<>();
        IntStream.range(0, cotangents.size()).forEach(i -> all.put(i, cotangents.get(i)));
        return all;
    }

    private static int floatingBefore(Call call, int operand) {
        return (int) call.operands().subList(0, operand).stream()
                .filter(x -> x.dtype().isFloating())
                .count();
    }

    private List<Edge> edges(Call call, List<Tensor> ofFloating) {
        Iterator<Tensor> next = ofFloating.iterator();
        List<Edge> all = new ArrayList<>();
        for (int i = 0; i < call.operands().size(); i++) {
            if (call.operand(i).dtype().isFloating()) {
                all.add(new Edge(call, i, next.next()));
            }
        }
        return all;
    }

    /// A scan that already remembers is gone back through; others first compute once more what they should remember.
    private List<Tensor> control(Control control, Call call, List<Tensor> cotangents) {
        Remembering.Backwards known = steps.get(call);
        if (known == null) {
            return ControlRules.backwards(control, call, cotangents);
        }
        int results = known.original().results().size();
        List<Tensor> history = call.results().subList(results, call.results().size());
        return new ScanRules(known.original()).backwards(known.step(), cotangents.subList(0, results), history);
    }

    /// Gradients add at forks.
    private void add(Value value, Tensor cotangent) {
        if (activity.isActive(value)) {
            Tensor before = sums.get(value);
            sums.put(value, before == null ? cotangent : Origin.backward(value).during(() -> before.add(cotangent)));
        }
    }

    private void add(Edge edge) {
        Value operand = Value.of(edge.call().operand(edge.operand()));
        if (activity.isActive(operand)) {
            edges.add(edge);
            add(operand, edge.cotangent());
        }
    }
}
