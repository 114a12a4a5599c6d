package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.Tangents;
import dev.adjoint.op.control.While;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Forward mode of [While]: values and tangents are carried side by side. Reverse mode is refused.
final class WhileRules {
    private final Call call;
    private final While loop;

    WhileRules(Call call) {
        this.call = call;
        this.loop = (While) call.op();
    }

    /// The results, then the tangents of the floating ones.
    List<Tensor> forward(Tangents tangents) {
        Graph both = new Jvp().apply((Graph) loop.body());
        List<Value> inputs = both.inputs();
        int taken = loop.body().inputTypes().size();
        int carries = loop.carries();
        int moving = both.outputs().size() - carries;
        List<Value> order = order(inputs, taken, moving);
        Graph condition = (Graph) loop.condition();
        List<Value> conditionInputs = new ArrayList<>(order);
        replace(conditionInputs, inputs, condition.inputs());
        While joint = new While(
                new Graph(conditionInputs, condition.outputs()), new Graph(order, both.outputs()), carries + moving);
        List<Tensor> all = new ArrayList<>(call.operands());
        IntStream.range(0, taken)
                .filter(i -> call.operand(i).dtype().isFloating())
                .forEach(i -> all.add(tangents.of(i)));
        return call.x().apply(joint, order(all, taken, moving));
    }

    /// From (c, k, tc, tk) to (c, tc, k, tk).
    private <T> List<T> order(List<T> all, int taken, int moving) {
        List<T> order = new ArrayList<>(all.subList(0, loop.carries()));
        order.addAll(all.subList(taken, taken + moving));
        order.addAll(all.subList(loop.carries(), taken));
        order.addAll(all.subList(taken + moving, all.size()));
        return order;
    }

    /// The condition's own inputs in the places of the body's, fresh ones in the places of tangents.
    private static void replace(List<Value> order, List<Value> body, List<Value> condition) {
        for (int i = 0; i < order.size(); i++) {
            int place = body.indexOf(order.get(i));
            boolean tangent = place >= condition.size();
            order.set(i, tangent ? Value.input("t", order.get(i).type()) : condition.get(place));
        }
    }

    /// Why there is no reverse pass.
    static InvalidArgument refusal(While loop) {
        return new InvalidArgument("while has no reverse mode, because " + loop.withoutReverse()
                + "; use Loops.whileLoop with a bound, or forward mode");
    }
}
