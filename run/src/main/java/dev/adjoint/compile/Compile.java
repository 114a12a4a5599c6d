package dev.adjoint.compile;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.ChannelsLast;
import dev.adjoint.transform.Deduplicate;
import dev.adjoint.transform.DistributeScans;
import dev.adjoint.transform.Expand;
import dev.adjoint.transform.Simplify;
import dev.adjoint.transform.SparseUpdates;
import dev.adjoint.transform.Transform;
import java.util.List;
import java.util.function.Predicate;

/// The pipeline from graph to plan: expand the composites that no kernel runs whole, simplify, compute equal things once,
/// take out of loops what need not wait, add to tables only where they are touched, lay images out as their convolutions like
/// them, join what one kernel can do in one pass, put the passes into an order that frees memory early, plan slots and their
/// lifetimes.
///
/// @param runs whether some kernel runs a cluster as it stands
public record Compile(Predicate<Cluster> runs) {
    public Plan apply(Graph graph) {
        return new PlanMemory().apply(new Order().apply(new Fuse(runs).apply(simplified(graph))));
    }

    /// The graph that is planned: the pipeline's first half.
    public Graph simplified(Graph graph) {
        Transform simple = new Expand(call -> !runsWhole(call))
                .then(new WithoutStops())
                .then(new Simplify())
                .then(new Deduplicate());
        return simple.then(new DistributeScans(simple))
                .then(simple)
                .then(new SparseUpdates())
                .then(new ChannelsLast(this::runsPermuted))
                .then(new Deduplicate())
                .apply(graph);
    }

    private boolean runsPermuted(Value permuted) {
        return runs.test(
                Task.of(List.of(permuted.input(0), permuted), List.of(permuted)).cluster());
    }

    private boolean runsWhole(Call call) {
        return runs.test(
                Cluster.of(call.op(), call.operands().stream().map(Tensor::type).toList()));
    }
}
