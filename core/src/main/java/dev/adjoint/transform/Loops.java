package dev.adjoint.transform;

import dev.adjoint.graph.Closure;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.op.control.Cond;
import dev.adjoint.op.control.Scan;
import dev.adjoint.op.control.While;
import dev.adjoint.op.source.Iota;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Loops and branches that are recorded as one operator, differentiable and batchable like any other.
///
/// An ordinary Java loop in a traced function is unrolled into the graph; a scan stays one operator however long it is.
/// Bodies may use tensors from outside.
///
/// {@snippet :
/// // h ← tanh(h·W + x): a recurrent network over time
/// var run = Loops.scan(h0, xs, (h, x) -> {
///     Tensor next = h.matmul(w).add(x).tanh();
///     return new Loops.Next<>(next, next);
/// });
/// }
public final class Loops {
    private Loops() {}

    /// What a step of a scan returns: the carried values for the next step, and what is stacked.
    public record Next<C, Y>(C carry, Y output) {}

    private record Step<C, X>(C carry, X input) {}

    /// A scan that keeps what reverse mode reads of each step.
    public static <C, X, Y> Next<C, Y> scan(C init, X inputs, BiFunction<? super C, ? super X, Next<C, Y>> body) {
        return scan(Scan.Memory.KEEP, init, inputs, body);
    }

    /// The last carried values and the stacked outputs of (cₜ₊₁, yₜ) = body(cₜ, xₜ), where xₜ are the slices of the inputs
    /// along axis 0.
    ///
    /// @param memory what reverse mode remembers of each step
    /// @param init c₀, a tensor or tree of tensors
    /// @param inputs x, a tensor or tree of tensors with one common first extent, at least one of them
    /// @param body pure; the carried values keep their types
    /// @throws InvalidArgument if the inputs differ in their first extent, or the carried values change type
    public static <C, X, Y> Next<C, Y> scan(
            Scan.Memory memory, C init, X inputs, BiFunction<? super C, ? super X, Next<C, Y>> body) {
        List<Tensor> carried = Tree.leaves(init);
        List<Tensor> scanned = Tree.leaves(inputs);
        long length = length(scanned);
        X slice = Tree.map(inputs, x -> Value.input("x", slice(x.type())));
        Trace<Next<C, Y>> trace = Trace.of(new Step<>(init, slice), step -> {
            Next<C, Y> next = body.apply(step.carry(), step.input());
            requireSame("scan", init, next.carry());
            return next;
        });
        Closure closure = Closure.of(trace.graph());
        Scan scan = new Scan(closure.graph(), carried.size(), scanned.size(), Scan.Steps.forward(length, memory));
        List<Tensor> operands = join(carried, scanned, closure.captured());
        return trace.result(operands.getFirst().apply(scan, operands));
    }

    private static <C> void requireSame(String operator, C init, C next) {
        List<TensorType> taken = types(init);
        List<TensorType> returned = types(next);
        if (!taken.equals(returned)) {
            throw new InvalidArgument(operator + ": the body must return the carried values with the types it takes: "
                    + taken + ", not " + returned);
        }
    }

    private static List<TensorType> types(Object tree) {
        return Tree.leaves(tree).stream().map(Tensor::type).toList();
    }

    private static TensorType slice(TensorType stacked) {
        return stacked.withShape(stacked.shape().part(1, stacked.rank()));
    }

    private static long length(List<Tensor> scanned) {
        List<TensorType> types = scanned.stream().map(Tensor::type).toList();
        if (types.isEmpty()
                || types.stream().anyMatch(t -> t.rank() == 0)
                || types.stream().mapToLong(t -> t.dim(0)).distinct().count() != 1) {
            throw new InvalidArgument("scan: the inputs need one common first extent, not " + types);
        }
        return types.getFirst().dim(0);
    }

    /// The result of one of two functions; only the chosen one runs.
    ///
    /// @param condition `bool[]`
    /// @throws InvalidArgument if the branches return different types
    public static <A, R> R cond(
            Tensor condition, A argument, Function<? super A, ? extends R> yes, Function<? super A, ? extends R> no) {
        Trace<R> first = Trace.of(argument, yes);
        Closure one = Closure.of(first.graph());
        Closure other = Closure.of(Trace.<A, R>of(argument, no).graph());
        List<Tensor> arguments = Tree.leaves(argument);
        Graph left = one.takingAfter(other.captured());
        Graph right = other.takingBefore(one.captured(), arguments.size());
        List<Tensor> operands = join(List.of(condition), arguments, join(one.captured(), other.captured(), List.of()));
        return first.result(condition.apply(new Cond(left, right), operands));
    }

    /// The carried values when the condition no longer holds: while condition(c): c ← body(c). Differentiable in forward
    /// mode only.
    ///
    /// @throws InvalidArgument if the carried values change type or the condition is not `bool[]`
    public static <C> C whileLoop(
            C init, Function<? super C, ? extends Tensor> condition, Function<? super C, ? extends C> body) {
        Closure test = Closure.of(Trace.<C, Tensor>of(init, condition).graph());
        Trace<C> trace = Trace.of(init, body);
        Closure repeated = Closure.of(trace.graph());
        List<Tensor> carried = Tree.leaves(init);
        Graph first = test.takingAfter(repeated.captured());
        Graph second = repeated.takingBefore(test.captured(), carried.size());
        List<Tensor> operands = join(carried, test.captured(), repeated.captured());
        While loop = new While(first, second, carried.size());
        return trace.result(operands.getFirst().apply(loop, operands));
    }

    /// What a loop with a bound gives.
    ///
    /// @param carry the carried values after the last step that was done
    /// @param finished `bool[]`: whether the condition no longer holds; false if the bound was too low
    public record Bounded<C>(C carry, Tensor finished) {}

    /// As [#whileLoop(Object, Function, Function)], but at most `most` steps; differentiable in both modes at any order,
    /// because it is a scan of that many steps in which a step after the end does nothing.
    ///
    /// Under [Transformations#vmap] with a condition for every example, bodies also run on the values of finished examples,
    /// and are discarded; they must have finite derivatives there.
    ///
    /// @param most how many steps there are at most; reverse mode keeps memory for all of them
    /// @throws InvalidArgument if `most` is negative, the carried values change type or the condition is not `bool[]`
    public static <C> Bounded<C> whileLoop(
            long most, C init, Function<? super C, ? extends Tensor> condition, Function<? super C, ? extends C> body) {
        if (most < 0) {
            throw new InvalidArgument("while: a loop has at least 0 steps, not " + most);
        }
        List<Tensor> carried = Tree.leaves(init);
        if (carried.isEmpty()) {
            throw new InvalidArgument("while: the carried values hold no tensor");
        }
        Tensor steps = carried.getFirst().create(new Iota(TensorType.of(DType.I64, most), 0));
        C last = scan(init, steps, (C c, Tensor step) -> {
                    C next = Loops.<C, C>cond(condition.apply(c), c, checked(init, body), same -> same);
                    return new Next<>(next, List.of());
                })
                .carry();
        return new Bounded<>(last, condition.apply(last).not());
    }

    private static <C> Function<C, C> checked(C init, Function<? super C, ? extends C> body) {
        return c -> {
            C next = body.apply(c);
            requireSame("while", init, next);
            return next;
        };
    }

    private static List<Tensor> join(
            List<? extends Tensor> first, List<? extends Tensor> second, List<? extends Tensor> third) {
        List<Tensor> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        return all;
    }
}
