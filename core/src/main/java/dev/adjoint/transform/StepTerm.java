package dev.adjoint.transform;

import dev.adjoint.graph.Value;
import dev.adjoint.op.Contraction;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.op.elementwise.Add;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.op.movement.Reshape;
import dev.adjoint.op.reduction.Sum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A value of a scan's body that can be computed from others for all steps at once: products, permuted, reshaped and added.
///
/// @param value the value
/// @param factors what it is computed from, at most permuted and reshaped
/// @param isProduct whether products are among it, rather than sums over axes alone
record StepTerm(Value value, List<Value> factors, boolean isProduct) {
    StepTerm {
        factors = List.copyOf(factors);
    }

    /// A value whose sum over all steps is one product, or one sum.
    static Optional<StepTerm> sum(Value value) {
        return of(value, Use.ADDED);
    }

    /// A value that is a product in every step.
    static Optional<StepTerm> product(Value value) {
        return of(value, Use.STACKED).filter(StepTerm::isProduct);
    }

    private enum Use {
        ADDED,
        STACKED
    }

    private static Optional<StepTerm> of(Value value, Use use) {
        return switch (value.op()) {
            case Permute _, Reshape _ -> of(value.input(0), use).map(term -> term.as(value));
            case Add()
            when value.inputs().stream().allMatch(v -> v.type().equals(value.type())) ->
                of(value.input(0), use).flatMap(x -> of(value.input(1), use).map(y -> x.and(y, value)));
            case Sum _ -> leaf(value);
            case MatMul _ when value.inputs().stream().allMatch(v -> v.rank() == 2) -> leaf(value);
            case Contraction _ when use == Use.STACKED -> leaf(value);
            default -> Optional.empty();
        };
    }

    private static Optional<StepTerm> leaf(Value value) {
        List<Value> factors = value.inputs().stream().map(StepTerm::plain).toList();
        return Optional.of(new StepTerm(value, factors, value.op() instanceof Contraction));
    }

    /// What a value is before it was permuted and reshaped.
    private static Value plain(Value value) {
        Value at = value;
        while (at.op() instanceof Permute || at.op() instanceof Reshape) {
            at = at.input(0);
        }
        return at;
    }

    private StepTerm as(Value other) {
        return new StepTerm(other, factors, isProduct);
    }

    private StepTerm and(StepTerm other, Value sum) {
        List<Value> all = new ArrayList<>(factors);
        all.addAll(other.factors);
        return new StepTerm(sum, all, isProduct || other.isProduct);
    }

    /// The number of elements.
    long count() {
        return value.shape().count();
    }
}
