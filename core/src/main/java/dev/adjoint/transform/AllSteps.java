package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Substitution;
import dev.adjoint.graph.Value;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.op.elementwise.Add;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.op.movement.Reshape;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Values of a scan's body, for all steps at once.
///
/// @param differing the values to start from that differ from step to step, with what they are stacked, `[length,…]`
/// @param constant the values to start from that do not
/// @param length the number of steps
record AllSteps(Map<Value, Value> differing, Map<Value, Value> constant, long length) {
    /// A value of every step, `[length,…]`.
    Value of(Value value) {
        return of(List.of(value)).getFirst();
    }

    /// Values of every step, each `[length,…]`.
    List<Value> of(List<Value> values) {
        List<Value> from = new ArrayList<>(differing.keySet());
        from.addAll(constant.keySet());
        Map<Value, Value> inputs = new HashMap<>();
        from.forEach(v -> inputs.put(v, v.isInput() ? v : Value.input("s", v.type())));
        List<Boolean> mapped = new ArrayList<>(Collections.nCopies(differing.size(), true));
        mapped.addAll(Collections.nCopies(constant.size(), false));
        Graph one = new Graph(from.stream().map(inputs::get).toList(), Substitution.apply(values, inputs));
        List<Value> operands = new ArrayList<>(differing.values());
        operands.addAll(constant.values());
        return new Batch(mapped, length)
                .apply(one).apply(operands).stream().map(Value::of).toList();
    }

    /// The sum of a [StepTerm] over all steps. Σₜ AₜBₜ is one product, of the matrices side by side with the matrices one
    /// below the other.
    Tensor sum(Value term) {
        return switch (term.op()) {
            case Permute _, Reshape _ -> sum(term.input(0)).apply(term.op());
            case Add() -> sum(term.input(0)).add(sum(term.input(1)));
            case MatMul _ -> {
                Tensor beside = of(term.input(0)).swapAxes(1, 2);
                Tensor below = of(term.input(1));
                long depth = length * below.dim(1);
                yield beside.reshape(depth, beside.dim(2)).mT().matmul(below.reshape(depth, below.dim(2)));
            }
            default -> of(term).sum(Axes.of(0));
        };
    }
}
