package dev.adjoint.transform;

import dev.adjoint.graph.Closure;
import dev.adjoint.graph.Trace;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Schedules for training in less memory: which values reverse mode keeps, and which it computes once more. Values and
/// gradients keep their bits; what changes is [KeptForBackward]. One function as a whole is [CustomRules#checkpoint].
///
/// Source: Chen, Xu, Zhang, Guestrin, "Training deep nets with sublinear memory cost", 2016.
///
/// {@snippet :
/// Function<Tensor, Tensor> layer = v -> v.sin().mul(v);
/// Function<Tensor, Tensor> deep = Checkpoint.chain(List.of(layer, layer, layer, layer));
/// Function<Tensor, Tensor> small = Checkpoint.within(1 << 20, deep);
/// Tensor slope = grad((Tensor v) -> small.apply(v).sum()).apply(x);
/// }
public final class Checkpoint {
    private Checkpoint() {}

    /// Stages one after the other, fₙ(… f₂(f₁(x))), in ⌈√n⌉ segments of which reverse mode keeps the arguments alone: about
    /// √n values between the segments and √n inside the one that is computed again, instead of n; each stage runs twice.
    ///
    /// @param stages pure functions; each takes what the one before returns
    /// @throws InvalidArgument if there are none
    public static <A> Function<A, A> chain(List<Function<A, A>> stages) {
        if (stages.isEmpty()) {
            throw new InvalidArgument("a chain needs at least one stage");
        }
        int length = (int) Math.ceil(Math.sqrt(stages.size()));
        Function<A, A> chain = Function.identity();
        for (int from = 0; from < stages.size(); from += length) {
            List<Function<A, A>> segment = stages.subList(from, Math.min(from + length, stages.size()));
            chain = chain.andThen(CustomRules.checkpoint(
                    segment.stream().reduce(Function.identity(), (first, next) -> first.andThen(next))));
        }
        return chain;
    }

    /// The function with so much of it computed again in the backward pass that what is kept fits into a budget: the bytes
    /// kept from the forward pass, plus those kept while the largest segment is computed again. Arguments and constants
    /// do not count. As little as possible is computed twice.
    ///
    /// @param bytes the budget
    /// @throws InvalidArgument when applied, if no schedule fits; the message tells the smallest budget that does
    public static <A, R> Function<A, R> within(long bytes, Function<A, R> f) {
        return x -> {
            Trace<R> trace = Trace.of(x, f);
            Closure closure = Closure.of(trace.graph());
            List<Tensor> operands = new ArrayList<>(Tree.leaves(x));
            operands.addAll(closure.captured());
            return trace.result(
                    new CheckpointSearch(closure.graph()).within(bytes).apply(operands));
        };
    }
}
