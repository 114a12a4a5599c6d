package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Origin;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import java.util.List;
import java.util.function.Predicate;

/// Replaces composites by the operators they are made of, and those again, as far as the predicate asks for it.
///
/// @param wanted which calls to expand
public record Expand(Predicate<Call> wanted) implements Transform {
    /// Expands every composite.
    public static Expand all() {
        return new Expand(_ -> true);
    }

    @Override
    public Graph apply(Graph graph) {
        Graph before = graph;
        Graph after = Rewrite.apply(before, this::once);
        while (!after.outputs().equals(before.outputs())) {
            before = after;
            after = Rewrite.apply(before, this::once);
        }
        return before;
    }

    private List<Value> once(Call call, List<Value> operands) {
        if (call.op() instanceof Composite composite && wanted.test(call)) {
            return Origin.inside(Value.of(call.out()))
                    .during(() -> composite.expandAll(List.copyOf(operands)).stream()
                            .map(Value::of)
                            .toList());
        }
        return Rewrite.keep(call, operands);
    }
}
