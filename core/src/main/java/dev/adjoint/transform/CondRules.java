package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Body;
import dev.adjoint.op.Call;
import dev.adjoint.op.Tangents;
import dev.adjoint.op.control.Cond;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Forward and reverse mode of [Cond], from the derivatives of its branches. The reverse pass runs the chosen branch again.
final class CondRules {
    private final Call call;
    private final Cond cond;

    CondRules(Call call) {
        this.call = call;
        this.cond = (Cond) call.op();
    }

    /// The results, then the tangents of the floating ones.
    List<Tensor> forward(Tangents tangents) {
        List<Tensor> operands = new ArrayList<>(call.operands());
        IntStream.range(1, call.operands().size())
                .filter(i -> call.operand(i).dtype().isFloating())
                .forEach(i -> operands.add(tangents.of(i)));
        Cond both = new Cond(new Jvp().apply((Graph) cond.yes()), new Jvp().apply((Graph) cond.no()));
        return call.x().apply(both, operands);
    }

    /// The cotangents of the floating operands, in order.
    List<Tensor> backwards(List<Tensor> cotangents) {
        List<Tensor> operands = new ArrayList<>(call.operands());
        cotangents.stream().filter(ct -> ct.dtype().isFloating()).forEach(operands::add);
        return call.x().apply(new Cond(pullback(cond.yes()), pullback(cond.no())), operands);
    }

    private static Graph pullback(Body branch) {
        Graph vjp = new Vjp().apply((Graph) branch);
        List<Value> outputs = vjp.outputs();
        return new Graph(vjp.inputs(), outputs.subList(branch.outputTypes().size(), outputs.size()));
    }
}
