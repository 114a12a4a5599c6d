package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Numbers;
import dev.adjoint.op.elementwise.Cast;
import dev.adjoint.op.elementwise.Div;
import dev.adjoint.op.elementwise.Mul;
import dev.adjoint.op.elementwise.Neg;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.op.movement.Reshape;
import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Algebra that changes no bit of any result, NaN, infinity and signed zero included: factors of one, double negation,
/// movements that cancel or join, arithmetic on single constants.
public record Simplify() implements Transform {
    private static final Numbers NUMBERS = new Numbers();

    @Override
    public Graph apply(Graph graph) {
        return Rewrite.apply(graph, Simplify::simplify);
    }

    private static List<Value> simplify(Call call, List<Value> operands) {
        List<Value> kept = Rewrite.keep(call, operands);
        if (kept.size() != 1) {
            return kept;
        }
        Value value = kept.getFirst();
        return List.of(folded(value).or(() -> algebra(value)).orElse(value));
    }

    private static Optional<Value> algebra(Value v) {
        return switch (v.op()) {
            case Mul() when isOne(v.input(1)) -> same(v, v.input(0));
            case Mul() when isOne(v.input(0)) -> same(v, v.input(1));
            case Div() when isOne(v.input(1)) -> same(v, v.input(0));
            case Neg() when v.input(0).op() instanceof Neg -> same(v, v.input(0).input(0));
            case Cast _ -> same(v, v.input(0));
            case Broadcast(var shape)
            when v.input(0).op() instanceof Broadcast ->
                Optional.of(Value.of(v.input(0).input(0).broadcastTo(shape)));
            case Broadcast _, Permute _ when v.input(0).type().equals(v.type()) && isStill(v) -> same(v, v.input(0));
            case Reshape(var shape)
            when v.input(0).op() instanceof Reshape ->
                Optional.of(Value.of(v.input(0).input(0).reshape(shape)));
            case Reshape _ -> same(v, v.input(0));
            case Permute(var order)
            when v.input(0).op() instanceof Permute(var first) ->
                Optional.of(Value.of(v.input(0).input(0).permute(first.then(order))));
            default -> Optional.empty();
        };
    }

    private static boolean isStill(Value v) {
        return !(v.op() instanceof Permute(var order)) || order.isIdentity();
    }

    /// The candidate, if it is of the value's type.
    private static Optional<Value> same(Value value, Value candidate) {
        return Optional.of(candidate).filter(c -> c.type().equals(value.type()));
    }

    private static boolean isOne(Value value) {
        return isConstant(value, elements -> elements.count() > 0 && allOnes(elements));
    }

    private static boolean allOnes(Elements elements) {
        for (int i = 0; i < elements.count(); i++) {
            if (elements.get(i) != 1) {
                return false;
            }
        }
        return true;
    }

    /// Whether the value is a constant, possibly repeated, whose elements satisfy a condition.
    private static boolean isConstant(Value value, Predicate<Elements> condition) {
        return switch (value.op()) {
            case Constant constant -> constant.elements().count() <= 1 && condition.test(constant.elements());
            case Broadcast _, Reshape _ -> isConstant(value.input(0), condition);
            default -> false;
        };
    }

    /// Elementwise arithmetic on constants of one floating element.
    private static Optional<Value> folded(Value value) {
        boolean folds = value.op() instanceof Elementwise
                && value.type().dtype().isFloating()
                && value.inputs().stream().allMatch(Simplify::isSingle);
        if (!folds) {
            return Optional.empty();
        }
        List<Double> operands =
                value.inputs().stream().map(v -> v.elements().get(0)).toList();
        double result = ((Elementwise) value.op()).compute(NUMBERS, operands);
        TensorType type = value.type();
        return Optional.of(Value.call(new Constant(type, Elements.scalar(type.dtype(), result)), List.of())
                .getFirst());
    }

    private static boolean isSingle(Value value) {
        return value.op() instanceof Constant constant
                && constant.type().shape().count() == 1
                && constant.type().dtype().isFloating();
    }
}
