package dev.adjoint.compile;

import dev.adjoint.graph.Graph;
import dev.adjoint.op.Call;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.Deduplicate;
import dev.adjoint.transform.DistributeScans;
import dev.adjoint.transform.Expand;
import dev.adjoint.transform.Simplify;
import dev.adjoint.transform.SparseUpdates;
import dev.adjoint.transform.Transform;
import java.util.function.Predicate;

/// The pipeline from graph to plan: expand the composites that no kernel runs whole, simplify, compute equal things once,
/// take out of loops what need not wait, add to tables only where they are touched, join what one kernel can do in one pass,
/// plan slots and their lifetimes.
///
/// @param runs whether some kernel runs a cluster as it stands
public record Compile(Predicate<Cluster> runs) {
    public Plan apply(Graph graph) {
        Transform simple = new Expand(call -> !runsWhole(call))
                .then(new WithoutStops())
                .then(new Simplify())
                .then(new Deduplicate());
        Graph distributed = simple.then(new DistributeScans(simple))
                .then(simple)
                .then(new SparseUpdates())
                .then(new Deduplicate())
                .apply(graph);
        return new PlanMemory().apply(new Fuse(runs).apply(distributed));
    }

    private boolean runsWhole(Call call) {
        return runs.test(
                Cluster.of(call.op(), call.operands().stream().map(Tensor::type).toList()));
    }
}
