package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Reverse rules from forward rules: the forward rule of an operator is linear in the tangent, and going back through it is
/// its transpose.
final class Transposed {
    private Transposed() {}

    /// The cotangent of one operand.
    ///
    /// @param cotangents the cotangents of the results that have one, by the number of the result
    static Tensor vjp(Factorization op, Call call, int operand, SortedMap<Integer, Tensor> cotangents) {
        Optional<Tensor> own = call.results().size() == 1
                ? op.vjp(call, operand, cotangents.firstEntry().getValue())
                : Optional.empty();
        return own.orElseGet(() -> transposed(op, call, operand, cotangents));
    }

    private static Tensor transposed(Factorization op, Call call, int operand, SortedMap<Integer, Tensor> cotangents) {
        // Inputs in the place of operands and results, so that nothing is gone through that lies before the call.
        List<Value> operands = fresh(call.operands());
        List<Value> results = fresh(call.results());
        List<Value> seeds = fresh(cotangents.values());
        Call alone = new Call(op, operands, _ -> results);
        Value direction = Value.input("t", call.operand(operand).type());
        List<Tensor> tangents = op.jvp(alone, new Tangents(alone, Map.of(operand, direction)));
        List<Value> outputs =
                cotangents.keySet().stream().map(i -> Value.of(tangents.get(i))).toList();
        Graph linear = Vjp.withRules(new Graph(List.of(direction), outputs));
        Tensor back = new Cotangents(linear, seeds).orZeros(direction);
        List<Tensor> arguments = new ArrayList<>(call.operands());
        arguments.addAll(call.results());
        arguments.addAll(cotangents.values());
        return new Graph(Vjp.concat(Vjp.concat(operands, results), seeds), List.of(Value.of(back)))
                .apply(arguments)
                .getFirst();
    }

    private static List<Value> fresh(Collection<Tensor> tensors) {
        return tensors.stream().map(x -> Value.input("k", x.type())).toList();
    }
}
