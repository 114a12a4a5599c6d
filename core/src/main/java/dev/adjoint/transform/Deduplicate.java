package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Computes equal things once: calls of equal operators on the same operands become one call.
///
/// This is safe for every operator, because operators are functions: random numbers come from keys.
public record Deduplicate() implements Transform {
    private record Expression(Op op, List<Value> operands) {}

    @Override
    public Graph apply(Graph graph) {
        Map<Expression, List<Value>> seen = new HashMap<>();
        return Rewrite.apply(
                graph,
                (call, operands) ->
                        seen.computeIfAbsent(new Expression(call.op(), operands), _ -> Rewrite.keep(call, operands)));
    }
}
