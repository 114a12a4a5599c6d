package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Primitive;
import dev.adjoint.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The reverse pass: from the cotangents of the outputs to the cotangent of every value they depend on.
///
/// Every call turns the cotangents of its results into cotangents of its operands; where a value is used more than once,
/// they add.
public final class Cotangents {
    private final Map<Value, Tensor> sums = new HashMap<>();
    private final Activity activity;

    /// Runs the reverse pass over a graph without composites that lack a reverse rule.
    ///
    /// @param graph the graph
    /// @param seeds the cotangents of its outputs, in order; those of outputs that are not floating are ignored
    public Cotangents(Graph graph, List<? extends Tensor> seeds) {
        activity = new Activity(graph);
        for (int i = 0; i < seeds.size(); i++) {
            add(graph.outputs().get(i), seeds.get(i));
        }
        // A call passes back once, at its first result: by then everything that uses any of its results has.
        Map<Call, Value> first = new HashMap<>();
        graph.values().forEach(value -> first.putIfAbsent(value.call(), value));
        for (Value value : graph.values().reversed()) {
            if (!value.isInput() && value == first.get(value.call()) && hasCotangent(value.call())) {
                backward(value.call());
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

    private boolean hasCotangent(Call call) {
        return call.results().stream().anyMatch(sums::containsKey);
    }

    private void backward(Call call) {
        List<Tensor> cotangents =
                call.results().stream().map(result -> orZeros(Value.of(result))).toList();
        for (int i = 0; i < call.operands().size(); i++) {
            Value operand = Value.of(call.operand(i));
            if (activity.isActive(operand)) {
                add(operand, vjp(call, i, cotangents));
            }
        }
    }

    /// What one call hands back to one operand.
    static Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
        return switch (call.op()) {
            case Primitive primitive -> primitive.vjp(call, operand, cotangents);
            case Composite composite ->
                composite.vjp(call, operand, cotangents.getFirst()).orElseThrow();
        };
    }

    /// Gradients add at forks.
    private void add(Value value, Tensor cotangent) {
        if (activity.isActive(value)) {
            sums.merge(value, cotangent, Tensor::add);
        }
    }
}
