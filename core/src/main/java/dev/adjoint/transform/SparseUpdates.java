package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.elementwise.Add;
import dev.adjoint.op.elementwise.Div;
import dev.adjoint.op.elementwise.Mul;
import dev.adjoint.op.elementwise.Neg;
import dev.adjoint.op.elementwise.Sub;
import dev.adjoint.op.indexing.Scatter;
import dev.adjoint.op.indexing.Scatter.Combine;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.op.movement.Reshape;
import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Tables that are zero but for some places, such as an embedding's gradient S = scatter(0, i, u), are not made: c·S becomes
/// scatter(0, i, c·u), a ± S becomes scatter(a, i, ±u), and S₁ + S₂ one scatter of the
/// rows of both. A step of gradient descent w − η·S then costs
/// what its rows cost, whatever the size of the table.
///
/// Numbers at one place are added to what stands there one after the other, not to each other first, so results differ by
/// rounding where places repeat; what is not touched keeps the sign of its zeros, and stays finite where c is not. Tables with
/// further readers, and factors where there are more updates than elements of the table, are left alone.
public record SparseUpdates() implements Transform {
    @Override
    public Graph apply(Graph graph) {
        Map<Value, Integer> readers = new HashMap<>();
        graph.values().forEach(value -> value.inputs().forEach(x -> readers.merge(x, 1, Integer::sum)));
        graph.outputs().forEach(output -> readers.merge(output, 1, Integer::sum));
        return Rewrite.apply(graph, (call, operands) -> {
            boolean isFloating = call.out().dtype().isFloating();
            return (isFloating ? sparse(call, operands, readers) : Optional.<Value>empty())
                    .map(List::of)
                    .orElseGet(() -> Rewrite.keep(call, operands));
        });
    }

    private static Optional<Value> sparse(Call call, List<Value> operands, Map<Value, Integer> readers) {
        boolean first = isFree(call, 0, operands, readers);
        boolean second = isFree(call, 1, operands, readers);
        return switch (call.op()) {
            case Add()
            when first && second && isAlike(operands.get(0), operands.get(1)) ->
                Optional.of(joined(operands.get(0), operands.get(1)));
            case Add() when second && fits(call, operands.get(0)) -> onto(operands.get(0), operands.get(1));
            case Add() when first && fits(call, operands.get(1)) -> onto(operands.get(1), operands.get(0));
            case Sub()
            when second && fits(call, operands.get(0)) -> onto(operands.get(0), scaled(operands.get(1), Tensor::neg));
            case Mul() when first -> scaled(call, operands.get(0), operands.get(1));
            case Mul() when second -> scaled(call, operands.get(1), operands.get(0));
            case Neg()
            when first && isWorthScaling(operands.get(0)) -> Optional.of(scaled(operands.get(0), Tensor::neg));
            case Div()
            when first ->
                single(operands.get(1))
                        .filter(_ -> fits(call, operands.get(0)) && isWorthScaling(operands.get(0)))
                        .map(by -> scaled(operands.get(0), u -> u.div(by)));
            default -> Optional.empty();
        };
    }

    /// Whether two tables are written along the same single axis, by the same type of indices.
    private static boolean isAlike(Value first, Value second) {
        return first.type().equals(second.type())
                && isZero(first.input(0))
                && isZero(second.input(0))
                && first.op().equals(second.op())
                && first.inputs().size() == 3
                && first.input(1).dtype() == second.input(1).dtype();
    }

    /// The rows of both in one list.
    private static Value joined(Value first, Value second) {
        int axis = ((Scatter) first.op()).axes().getFirst();
        Tensor indices = Tensor.concat(0, List.of(places(first), places(second)));
        Tensor updates = Tensor.concat(axis, List.of(rows(first, axis), rows(second, axis)));
        return Value.of(first.input(0).scatterAdd(axis, indices, updates));
    }

    private static Tensor places(Value sparse) {
        Value indices = sparse.input(1);
        return indices.reshape(indices.shape().count());
    }

    private static Tensor rows(Value sparse, int axis) {
        return sparse.input(2)
                .reshape(sparse.shape().with(axis, sparse.input(1).shape().count()));
    }

    /// Whether an operand is such a table, and nobody else reads it.
    private static boolean isFree(Call call, int operand, List<Value> operands, Map<Value, Integer> readers) {
        return operand < operands.size()
                && isSparse(operands.get(operand))
                && readers.getOrDefault(Value.of(call.operand(operand)), 0) == 1;
    }

    private static boolean isSparse(Value value) {
        return value.op() instanceof Scatter(var _, var combine)
                && combine == Combine.ADD
                && (isZero(value.input(0)) || isSparse(value.input(0)));
    }

    private static boolean isZero(Value value) {
        return switch (value.op()) {
            case Constant constant ->
                constant.elements().count() == 1 && constant.elements().get(0) == 0;
            case Broadcast _, Reshape _ -> isZero(value.input(0));
            default -> false;
        };
    }

    private static boolean fits(Call call, Value operand) {
        return operand.type().equals(call.out().type());
    }

    /// A factor costs as much as there are updates.
    private static boolean isWorthScaling(Value sparse) {
        long updates = 0;
        Value at = sparse;
        while (at.op() instanceof Scatter) {
            updates += at.inputs().getLast().shape().count();
            at = at.input(0);
        }
        return updates <= sparse.shape().count();
    }

    private static Optional<Value> scaled(Call call, Value sparse, Value factor) {
        return single(factor)
                .filter(_ -> fits(call, sparse) && isWorthScaling(sparse))
                .map(by -> scaled(sparse, u -> u.mul(by)));
    }

    /// The one number that a tensor repeats, if it does.
    private static Optional<Tensor> single(Value value) {
        Value at = value;
        while (at.op() instanceof Broadcast) {
            at = at.input(0);
        }
        return at.shape().count() == 1 ? Optional.of(at.reshape()) : Optional.empty();
    }

    private static Value scaled(Value sparse, UnaryOperator<Tensor> factor) {
        Value table = isZero(sparse.input(0)) ? sparse.input(0) : scaled(sparse.input(0), factor);
        return scattered(table, sparse, factor.apply(sparse.inputs().getLast()));
    }

    private static Optional<Value> onto(Value table, Value sparse) {
        Value below =
                isZero(sparse.input(0)) ? table : onto(table, sparse.input(0)).orElseThrow();
        return Optional.of(scattered(below, sparse, sparse.inputs().getLast()));
    }

    private static Value scattered(Value table, Value like, Tensor updates) {
        List<Value> inputs = like.inputs();
        Scatter scatter = (Scatter) like.op();
        return Value.of(
                table.scatter(Combine.ADD, scatter.axes(), List.copyOf(inputs.subList(1, inputs.size() - 1)), updates));
    }
}
