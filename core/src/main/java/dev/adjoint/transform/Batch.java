package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Control;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Op;
import dev.adjoint.op.Primitive;
import dev.adjoint.op.source.Input;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Batching. Turns the graph of f into the graph of f applied to every example along a new axis in front of the mapped
/// inputs; every output has that axis in front.
///
/// @param mapped which inputs have the new axis
/// @param size its extent
public record Batch(List<Boolean> mapped, long size) implements Transform {
    public Batch {
        mapped = List.copyOf(mapped);
        if (size < 0) {
            throw new InvalidArgument("a batch has at least 0 examples, not " + size);
        }
    }

    @Override
    public Graph apply(Graph graph) {
        if (mapped.size() != graph.inputs().size()) {
            throw new InvalidArgument("the graph has " + graph.inputs().size() + " inputs, not " + mapped.size());
        }
        return new Pass(new Expand(Batch::lacksRule).apply(graph)).result();
    }

    private static boolean lacksRule(Call call) {
        List<Boolean> unmapped = call.operands().stream().map(_ -> false).toList();
        return call.op() instanceof Composite composite
                && composite.batch(new Batched(call.operands(), unmapped, 1)).isEmpty();
    }

    private final class Pass {
        private final Graph graph;
        private final Map<Value, Tensor> values = new HashMap<>();
        private final Set<Value> batched = new HashSet<>();
        private final List<Value> inputs = new ArrayList<>();

        Pass(Graph graph) {
            this.graph = graph;
            for (int i = 0; i < graph.inputs().size(); i++) {
                input(graph.inputs().get(i), mapped.get(i));
            }
            if (size > 0) {
                graph.calls().forEach(this::visit);
            }
        }

        Graph result() {
            List<Value> outputs = graph.outputs().stream()
                    .map(size == 0 ? this::nothing : this::output)
                    .toList();
            return new Graph(inputs, outputs);
        }

        private void input(Value input, Boolean mapped) {
            Value replacement = input;
            if (mapped) {
                String label = ((Input) input.op()).label();
                replacement =
                        Value.input(label, input.type().withShape(input.shape().prepend(size)));
                batched.add(input);
            }
            inputs.add(replacement);
            values.put(input, replacement);
        }

        private void visit(Value value) {
            if (values.containsKey(value)) {
                return;
            }
            Call call = value.call();
            if (value.inputs().stream().noneMatch(batched::contains)) {
                keep(
                        call,
                        Rewrite.keep(
                                call,
                                value.inputs().stream()
                                        .map(v -> Value.of(known(v)))
                                        .toList()));
            } else {
                List<Boolean> which =
                        value.inputs().stream().map(batched::contains).toList();
                List<Tensor> operands = value.inputs().stream().map(this::known).toList();
                var batched = new Batched(operands, which, size);
                keep(call, value.origin().during(() -> batch(call.op(), batched)));
                call.results().forEach(result -> this.batched.add(Value.of(result)));
            }
        }

        private static List<Tensor> batch(Op op, Batched operands) {
            return switch (op) {
                case Primitive primitive -> primitive.batch(operands);
                case Factorization factorization -> factorization.batch(operands);
                case Composite composite ->
                    composite
                            .batch(operands)
                            .orElseThrow(() -> new IllegalStateException(composite.name() + " was expanded"));
                case Control control -> BatchedControl.apply(control, operands);
            };
        }

        private void keep(Call call, List<? extends Tensor> results) {
            for (int i = 0; i < results.size(); i++) {
                values.put(Value.of(call.results().get(i)), results.get(i));
            }
        }

        /// What stands for a value; values of a surrounding trace stand for themselves.
        private Tensor known(Value value) {
            return values.getOrDefault(value, value);
        }

        /// An empty batch computes nothing, whatever the function is.
        private Value nothing(Value output) {
            Tensor zero = output.constant(0);
            return Value.of(zero.broadcastTo(output.shape().prepend(0)));
        }

        private Value output(Value output) {
            Tensor result = known(output);
            return Value.of(
                    batched.contains(output)
                            ? result
                            : result.broadcastTo(result.shape().prepend(size)));
        }
    }
}
