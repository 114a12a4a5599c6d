package dev.adjoint.compile;

import dev.adjoint.graph.Graph;
import dev.adjoint.op.Call;
import dev.adjoint.transform.Deduplicate;
import dev.adjoint.transform.Expand;
import dev.adjoint.transform.Simplify;
import java.util.function.Predicate;

/// The pipeline from graph to plan: expand the composites that no kernel runs whole, simplify, compute equal things once,
/// plan slots and their lifetimes.
///
/// @param runsWhole whether some kernel runs a composite call as it stands
public record Compile(Predicate<Call> runsWhole) {
    public Plan apply(Graph graph) {
        Graph simple = new Expand(runsWhole.negate())
                .then(new WithoutStops())
                .then(new Simplify())
                .then(new Deduplicate())
                .apply(graph);
        return new PlanMemory().apply(simple);
    }
}
