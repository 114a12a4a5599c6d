package dev.adjoint.explain;

import dev.adjoint.explain.Backflow.Use;
import dev.adjoint.explain.Loss.Cause;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Call;
import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Walks from the output to one argument and collects where gradient is lost.
final class LossSearch {
    /// Below this, products of two numbers of the type may be 0.
    private static final double TINY = 1e-18;

    private final Backflow flow;
    private final Value argument;

    /// The values that depend on the argument, itself included.
    private final Set<Value> dependent = new HashSet<>();

    private final List<Loss> losses = new ArrayList<>();

    LossSearch(Backflow flow, Value argument) {
        this.flow = flow;
        this.argument = argument;
    }

    /// What is lost: everything first, then parts.
    List<Loss> losses() {
        dependent.add(argument);
        for (Value value : flow.graph().values()) {
            if (value.inputs().stream().anyMatch(dependent::contains)) {
                dependent.add(value);
            }
        }
        if (!dependent.contains(flow.graph().outputs().getFirst())) {
            return List.of(noPath());
        }
        flow.uses().stream().filter(use -> dependent.contains(use.value())).forEach(this::local);
        if (Backflow.isZero(flow.cotangent(argument))) {
            withoutDerivative();
            dependent.forEach(this::cancellation);
        }
        List<Loss> ordered = new ArrayList<>(losses);
        ordered.sort((a, b) -> Boolean.compare(b.isTotal(), a.isTotal()));
        return ordered;
    }

    private Loss noPath() {
        String text = "no path: the result does not depend on " + argument;
        return new Loss(Cause.NO_PATH, "", argument.origin().place(), count(argument), count(argument), text);
    }

    private static long count(Value value) {
        return value.shape().count();
    }

    /// What a use gets and what it hands back: a larger share of zeros is a loss. Parts that other uses hand back are not
    /// lost.
    private void local(Use use) {
        Tensor given = flow.cotangent(flow.strongest(use.call()));
        NumberRange before = NumberRange.of(given);
        NumberRange after = NumberRange.of(use.cotangent());
        boolean missing = after.zeros() == after.count()
                || NumberRange.of(flow.cotangent(use.value())).zeros() > 0;
        boolean loses = missing
                && before.zeros() < before.count()
                && after.zeros() * before.count() > before.zeros() * after.count();
        if (loses) {
            Value out = Value.of(use.call().out());
            double largest = Math.max(Math.abs(before.low()), Math.abs(before.high()));
            boolean underflow = largest < TINY;
            String verdict = passes(after)
                    + (underflow
                            ? ", because what arrives is at most " + NumberRange.number(largest) + " and underflows; "
                                    + operands(use.call())
                            : because(use));
            Cause cause = underflow ? Cause.UNDERFLOW : Cause.LOCAL_DERIVATIVE;
            losses.add(loss(cause, out, after, verdict));
        }
    }

    private static String passes(NumberRange after) {
        return after.zeros() == after.count()
                ? "no gradient passes"
                : "no gradient passes to " + after.zeros() + " of " + after.count() + " elements";
    }

    private static Loss loss(Cause cause, Value out, NumberRange after, String verdict) {
        String operator = out.origin().named(out);
        return new Loss(cause, operator, out.origin().place(), after.zeros(), after.count(), verdict);
    }

    private String because(Use use) {
        String where = use.call().op().vanishes(use.operand());
        return (where.isEmpty() ? ", because the local derivative is 0" : " " + where) + "; " + operands(use.call());
    }

    /// `x is f64[3] in [-2, -1]`
    private String operands(Call call) {
        List<String> names = names(call);
        return IntStream.range(0, names.size())
                .filter(i -> !(Value.of(call.operand(i)).op() instanceof Constant)
                        || call.operand(i).dtype().isFloating())
                .mapToObj(i -> names.get(i) + " is " + NumberRange.of(flow.number(Value.of(call.operand(i)))))
                .collect(Collectors.joining(", "));
    }

    private static List<String> names(Call call) {
        return switch (call.operands().size()) {
            case 1 -> List.of("x");
            case 2 -> List.of("x", "y");
            case 3 -> List.of("c", "x", "y");
            default ->
                IntStream.rangeClosed(1, call.operands().size())
                        .mapToObj(i -> "x" + i)
                        .toList();
        };
    }

    /// Operators on the way that pass nothing on by their nature.
    private void withoutDerivative() {
        Set<Value> seen = new LinkedHashSet<>();
        for (Value value : flow.graph().calls()) {
            boolean reads = value.inputs().stream()
                    .anyMatch(x -> dependent.contains(x) && x.type().dtype().isFloating());
            String reason = reason(value);
            if (reads && !reason.isEmpty() && seen.add(value)) {
                NumberRange zeros = NumberRange.of(dev.adjoint.run.Array.zeros(value.type()));
                losses.add(loss(Cause.NO_DERIVATIVE, value, zeros, "has no derivative: " + reason));
            }
        }
    }

    private static String reason(Value value) {
        String stated = value.op().withoutDerivative();
        return stated.isEmpty() && !value.type().dtype().isFloating()
                ? "its result is " + value.type() + ", and only floating numbers carry derivatives"
                : stated;
    }

    /// Uses that hand back something each, and together nothing.
    private void cancellation(Value value) {
        List<Use> giving = flow.uses(value).stream()
                .filter(use -> !Backflow.isZero(use.cotangent()))
                .toList();
        if (giving.size() > 1 && Backflow.isZero(flow.cotangent(value))) {
            String uses = giving.stream()
                    .map(use -> Value.of(use.call().out()).describe())
                    .distinct()
                    .collect(Collectors.joining(" and "));
            NumberRange zeros = NumberRange.of(flow.cotangent(value));
            String text = "the gradients of its " + giving.size() + " uses cancel: " + uses;
            losses.add(new Loss(
                    Cause.CANCELLATION,
                    value.isInput() ? value.toString() : value.origin().named(value),
                    value.origin().place(),
                    zeros.count(),
                    zeros.count(),
                    text));
        }
    }
}
