package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.Tangents;
import dev.adjoint.op.control.Recompute;
import dev.adjoint.op.control.WithJvp;
import dev.adjoint.op.control.WithVjp;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Forward and reverse mode of calls of one body. Where a rule is stated for one mode, the other is its transpose.
final class CallRules {
    private final Call call;

    CallRules(Call call) {
        this.call = call;
    }

    /// The results, then the tangents of the floating ones.
    List<Tensor> forward(Recompute op, Tangents tangents) {
        return apply(new Recompute(new Jvp().apply((Graph) op.body())), directions(tangents));
    }

    /// The cotangents of the floating operands, in order. The whole backward part is one call, so nothing of the forward
    /// part inside it is shared with the forward pass.
    List<Tensor> backwards(Recompute op, List<Tensor> cotangents) {
        Graph vjp = new Vjp().apply((Graph) op.body());
        List<Value> pulled = vjp.outputs()
                .subList(op.body().outputTypes().size(), vjp.outputs().size());
        List<Tensor> floating =
                cotangents.stream().filter(ct -> ct.dtype().isFloating()).toList();
        return apply(new Recompute(new Graph(vjp.inputs(), pulled)), floating);
    }

    /// The results, then their tangents: the transpose of the pullback in its cotangents.
    List<Tensor> forward(WithVjp op, Tangents tangents) {
        Graph pullback = (Graph) op.pullback();
        List<Tensor> fixed = join(call.operands(), call.results());
        List<Tensor> zeros = call.results().stream().map(Tensor::zerosLike).toList();
        return join(call.results(), transpose(pullback, fixed, zeros, directions(tangents)));
    }

    /// The cotangents of the operands.
    List<Tensor> backwards(WithVjp op, List<Tensor> cotangents) {
        return op.pullback().apply(join(join(call.operands(), call.results()), cotangents));
    }

    /// The results, then their tangents.
    List<Tensor> forward(WithJvp op, Tangents tangents) {
        return join(call.results(), op.pushforward().apply(join(call.operands(), directions(tangents))));
    }

    /// The cotangents of the operands: the transpose of the pushforward in its tangents.
    List<Tensor> backwards(WithJvp op, List<Tensor> cotangents) {
        List<Tensor> zeros = call.operands().stream().map(Tensor::zerosLike).toList();
        return transpose((Graph) op.pushforward(), call.operands(), zeros, cotangents);
    }

    /// The transpose of a graph in its last inputs, in which it is linear, so that their values do not matter.
    private static List<Tensor> transpose(Graph linear, List<Tensor> fixed, List<Tensor> zeros, List<Tensor> seeds) {
        List<Tensor> results = new Vjp().apply(linear).apply(join(join(fixed, zeros), seeds));
        return results.subList(linear.outputs().size() + fixed.size(), results.size());
    }

    private List<Tensor> directions(Tangents tangents) {
        return IntStream.range(0, call.operands().size())
                .filter(i -> call.operand(i).dtype().isFloating())
                .mapToObj(tangents::of)
                .toList();
    }

    private List<Tensor> apply(Recompute op, List<Tensor> more) {
        return call.x().apply(op, join(call.operands(), more));
    }

    private static List<Tensor> join(List<? extends Tensor> first, List<? extends Tensor> second) {
        List<Tensor> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
