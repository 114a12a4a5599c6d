package dev.adjoint.run;

import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.NotComputed;
import dev.adjoint.tensor.Place;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A function that is traced and compiled when it first meets arguments of some types, and from then on only runs.
///
/// The function must be pure: what it does besides computing tensors happens once, while it is traced. Called with values
/// of a surrounding trace, it is recorded there.
///
/// @param <A> the argument: a tensor or a tree of tensors
/// @param <R> the result: a tensor or a tree of tensors
public final class Compiled<A, R> implements Function<A, R> {
    private final Function<? super A, ? extends R> function;
    private final Function<? super A, ?> donated;
    private final Kernels kernels;
    private final Map<Object, Specialised<R>> cache = new ConcurrentHashMap<>();

    private Compiled(Function<? super A, ? extends R> function, Function<? super A, ?> donated, Kernels kernels) {
        this.function = function;
        this.donated = donated;
        this.kernels = kernels;
    }

    /// Compiles for the installed kernels.
    public static <A, R> Compiled<A, R> of(Function<? super A, ? extends R> function) {
        return of(function, Kernels.installed());
    }

    /// Compiles for the given kernels.
    public static <A, R> Compiled<A, R> of(Function<? super A, ? extends R> function, Kernels kernels) {
        return new Compiled<>(function, _ -> List.of(), kernels);
    }

    /// The same function, which takes the memory of a part of its argument for its results: a step that turns a state into
    /// the next one then needs memory for one state, not two. The tensors of that part cannot be used after the call
    /// ([dev.adjoint.tensor.Consumed]).
    ///
    /// {@snippet :
    /// Compiled<Tensor, Tensor> step = Compiled.of((Tensor w) -> w.mul(0.9)).donating(w -> w);
    /// Tensor w = Array.of(1f, 2f);
    /// for (int i = 0; i < 10; i++) {
    ///     w = step.apply(w);
    /// }
    /// }
    ///
    /// @param part which tensors of the argument
    public Compiled<A, R> donating(Function<? super A, ?> part) {
        return new Compiled<>(function, part, kernels);
    }

    @Override
    public R apply(A argument) {
        List<Tensor> leaves = Tree.leaves(argument);
        if (leaves.stream().anyMatch(Value.class::isInstance)) {
            return function.apply(argument);
        }
        Specialised<R> specialised = cache.computeIfAbsent(form(argument), _ -> specialise(argument));
        return specialised.trace.result(specialised.executable.run(leaves));
    }

    /// The executable for arguments of these types, compiled if necessary.
    public Executable executable(A argument) {
        return cache.computeIfAbsent(form(argument), _ -> specialise(argument)).executable;
    }

    private Specialised<R> specialise(A argument) {
        List<Value> given = new ArrayList<>();
        Trace<R> trace = Trace.of(argument, traced -> {
            given.addAll(Trace.values(donated.apply(traced)));
            return function.apply(traced);
        });
        Donation donation = Donation.of(
                given.stream().map(trace.graph().inputs()::indexOf).toList(),
                given.stream().map(Value::toString).toList(),
                Place.caller().flatMap(Place::of));
        return new Specialised<>(
                trace, Executable.compile(trace.graph(), kernels).donating(donation));
    }

    /// The argument with types in the place of tensors: equal for arguments that share an executable.
    private static Object form(Object argument) {
        return Tree.map(argument, leaf -> new Typed(leaf.type()));
    }

    private record Specialised<R>(Trace<R> trace, Executable executable) {}

    private record Typed(TensorType type) implements Tensor {
        @Override
        public List<Tensor> apply(Op op, List<? extends Tensor> operands) {
            throw new NotComputed("only the type is known");
        }

        @Override
        public Elements elements() {
            throw new NotComputed("only the type is known");
        }
    }
}
