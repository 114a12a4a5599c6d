package dev.adjoint.explain;

import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.List;
import java.util.function.Function;

/// A function that stops at the first operator that makes a NaN or an infinity, forward or backward, and names it with the
/// line of the program and the ranges of its operands.
///
/// An operator makes a NaN if none of its operands holds one, and an infinity if all of its operands are finite; infinities
/// that the program puts in, as masks do, are nobody's fault. Derivatives are checked by checking the function that
/// computes them.
///
/// {@snippet :
/// Function<Tensor, Tensor> slope = grad(v -> v.log().sum());
/// Function<Tensor, Tensor> checked = Checked.everyOperator(slope);
/// try {
///     checked.apply(Array.of(1.0, 0.0));
/// } catch (NonFinite e) {
///     System.err.println(e.getMessage()); // log makes 1 infinity: f64[2] = 0, 1 infinite; its operand is …
/// }
/// }
///
/// @param <A> the argument: a tensor or a tree of tensors
/// @param <R> the result: a tensor or a tree of tensors
public final class Checked<A, R> implements Function<A, R> {
    private enum When {
        ALWAYS,
        AFTERWARDS
    }

    private final Function<A, R> function;
    private final When when;

    private Checked(Function<A, R> function, When when) {
        this.function = function;
        this.when = when;
    }

    /// The function run operator by operator, with every result of every operator looked at. Slow, and misses nothing.
    public static <A, R> Checked<A, R> everyOperator(Function<A, R> function) {
        return new Checked<>(function, When.ALWAYS);
    }

    /// The function as it is, compiled or not; only if its result is not finite, it is run once more operator by operator.
    /// Costs next to nothing, and misses what never reaches the result.
    public static <A, R> Checked<A, R> results(Function<A, R> function) {
        return new Checked<>(function, When.AFTERWARDS);
    }

    /// The function's result.
    ///
    /// @throws NonFinite if an operator makes a NaN or an infinity, or an argument holds a NaN
    @Override
    public R apply(A argument) {
        List<Tensor> leaves = Tree.leaves(argument);
        if (leaves.stream().anyMatch(Value.class::isInstance)) {
            return function.apply(argument);
        }
        if (when == When.AFTERWARDS) {
            R result = function.apply(argument);
            if (Tree.leaves(result).stream().allMatch(x -> NumberRange.of(x).nonFinite() == 0)) {
                return result;
            }
        }
        Trace<R> trace = Trace.of(argument, function);
        return trace.result(Inspection.run(trace.graph(), leaves));
    }
}
