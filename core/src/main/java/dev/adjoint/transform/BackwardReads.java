package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Origin;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.elementwise.StopGradient;
import dev.adjoint.op.movement.Reshape;
import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Finds out which forward values the reverse rules of a graph read, by asking every call that the reverse pass visits
/// for its rule and looking at what the rule was made from.
final class BackwardReads {
    private final Graph graph;

    /// The graph with those composites expanded that have no reverse rule.
    private final Graph rules;

    /// The values of the analysed graph that values of the expanded graph are, or are inside.
    private final Map<Value, Value> owners = new HashMap<>();

    private final Map<Value, Set<String>> readers = new LinkedHashMap<>();

    BackwardReads(Graph graph) {
        this.graph = graph;
        List<Value> values = graph.values();
        List<Value> expanded = new Expand(Vjp::lacksRule)
                .apply(new Graph(graph.inputs(), values))
                .outputs();
        for (int i = 0; i < values.size(); i++) {
            own(values.get(i), expanded.get(i));
        }
        rules = new Graph(
                graph.inputs(),
                graph.outputs().stream()
                        .map(v -> expanded.get(values.indexOf(v)))
                        .toList());
        // Rules are made to be looked at only; nobody asks where they come from.
        Origin.UNKNOWN.during(this::visitRules);
    }

    /// Gives everything that led to the expanded value, and is not yet owned, to the original.
    private void own(Value original, Value expanded) {
        Deque<Value> open = new ArrayDeque<>(List.of(expanded));
        while (!open.isEmpty()) {
            Value value = open.pop();
            if (owners.putIfAbsent(value, original) == null) {
                value.inputs().forEach(open::push);
            }
        }
    }

    /// Visits the rules of all calls that the reverse pass visits; returns these calls.
    private Set<Call> visitRules() {
        var activity = new Activity(rules);
        List<Value> outputs = Activity.differentiable(rules.outputs());
        var cotangents = new Cotangents(new Graph(rules.inputs(), outputs), fresh(outputs));
        Set<Value> forward = new HashSet<>(rules.values());
        Set<Call> done = new HashSet<>();
        for (Value value : rules.values()) {
            if (cotangents.of(value).isPresent() && done.add(value.call())) {
                IntStream.range(0, value.inputs().size())
                        .filter(i -> activity.isActive(value.input(i)))
                        .forEach(i -> visit(value.call(), i, forward));
            }
        }
        return done;
    }

    private void visit(Call call, int operand, Set<Value> forward) {
        List<Value> results = call.results().stream().map(Value::of).toList();
        Deque<Value> open = new ArrayDeque<>();
        open.push(Value.of(Cotangents.vjp(call, operand, fresh(results))));
        Set<Value> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Value value = open.pop();
            if (forward.contains(value)) {
                read(value, call);
            } else if (seen.add(value)) {
                value.inputs().forEach(open::push);
            }
        }
    }

    private static List<Tensor> fresh(List<Value> like) {
        List<Tensor> cotangents = new ArrayList<>();
        like.forEach(value -> cotangents.add(Value.input("ct", value.type())));
        return cotangents;
    }

    private void read(Value value, Call reader) {
        Value stored = value;
        while (stored.op() instanceof Reshape || stored.op() instanceof StopGradient) {
            stored = stored.input(0);
        }
        if (!(stored.op() instanceof Constant)) {
            readers.computeIfAbsent(stored, _ -> new LinkedHashSet<>())
                    .add(reader.op().name());
        }
    }

    List<KeptForBackward> kept() {
        Map<Value, List<Value>> byOwner = new HashMap<>();
        for (Value value : rules.values()) {
            if (readers.containsKey(value)) {
                byOwner.computeIfAbsent(owners.getOrDefault(value, value), _ -> new ArrayList<>())
                        .add(value);
            }
        }
        return graph.values().stream()
                .filter(byOwner::containsKey)
                .map(owner -> kept(owner, byOwner.getOrDefault(owner, List.of())))
                .toList();
    }

    private KeptForBackward kept(Value owner, List<Value> stored) {
        long bytes = stored.stream()
                .filter(value -> !value.isInput())
                .mapToLong(value -> value.type().bytes())
                .sum();
        Set<String> wantedBy = new LinkedHashSet<>();
        stored.forEach(value -> wantedBy.addAll(readers.getOrDefault(value, Set.of())));
        return new KeptForBackward(owner, bytes, List.copyOf(wantedBy));
    }
}
