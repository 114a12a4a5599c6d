package dev.adjoint.transform;

import dev.adjoint.graph.Closure;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.op.Op;
import dev.adjoint.op.control.Recompute;
import dev.adjoint.op.control.WithJvp;
import dev.adjoint.op.control.WithVjp;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Functions whose differentiation is told rather than derived. They compose with every transformation: what is stated for
/// one mode is transposed for the other, and rules are differentiated again for higher orders.
public final class CustomRules {
    private CustomRules() {}

    /// A reverse rule: the argument's cotangent from the argument, the result and its cotangent.
    @FunctionalInterface
    public interface Pullback<A, R> {
        A apply(A x, R result, R cotangent);
    }

    private record Pulled<A, R>(A x, R result, R cotangent) {}

    private record Pushed<A>(A x, A tangent) {}

    /// The function, of which reverse mode keeps the argument alone and computes the rest again in the backward pass.
    public static <A, R> Function<A, R> checkpoint(Function<A, R> f) {
        return x -> {
            Trace<R> trace = Trace.of(x, f);
            Closure closure = Closure.of(trace.graph());
            List<Tensor> operands = new ArrayList<>(Tree.leaves(x));
            operands.addAll(closure.captured());
            return call(new Recompute(closure.graph()), operands, trace);
        };
    }

    /// The function with a reverse rule of its own. The rule must be linear in the cotangent; forward mode is its transpose.
    ///
    /// @throws InvalidArgument when applied, if function or rule use a tensor of a surrounding trace that is not passed as
    ///     an argument, or the rule returns other types than the argument's
    public static <A, R> Function<A, R> withVjp(Function<A, R> f, Pullback<A, R> rule) {
        return x -> {
            Trace<R> trace = Trace.of(x, f);
            Graph pullback = Trace.of(
                            new Pulled<>(x, trace.result(), trace.result()),
                            p -> rule.apply(p.x(), p.result(), p.cotangent()))
                    .graph();
            return call(new WithVjp(closed(trace.graph()), closed(pullback)), Tree.leaves(x), trace);
        };
    }

    /// The function with a forward rule of its own: the result's tangent from the argument and its tangent. The rule must be
    /// linear in the tangent; reverse mode is its transpose.
    ///
    /// @throws InvalidArgument when applied, if function or rule use a tensor of a surrounding trace that is not passed as
    ///     an argument, or the rule returns other types than the result's
    public static <A, R> Function<A, R> withJvp(Function<A, R> f, BiFunction<A, A, R> rule) {
        return x -> {
            Trace<R> trace = Trace.of(x, f);
            Graph pushforward = Trace.of(new Pushed<>(x, x), p -> rule.apply(p.x(), p.tangent()))
                    .graph();
            return call(new WithJvp(closed(trace.graph()), closed(pushforward)), Tree.leaves(x), trace);
        };
    }

    private static <R> R call(Op op, List<Tensor> operands, Trace<R> trace) {
        if (operands.isEmpty()) {
            throw new InvalidArgument(op.name() + ": the argument holds no tensor");
        }
        return trace.result(operands.getFirst().apply(op, operands));
    }

    private static Graph closed(Graph graph) {
        Closure closure = Closure.of(graph);
        if (!closure.captured().isEmpty()) {
            throw new InvalidArgument("a function with a derivative rule of its own uses "
                    + closure.captured().getFirst()
                    + " of the function around it, whose derivative the rule cannot know; pass it as an argument");
        }
        return graph;
    }
}
