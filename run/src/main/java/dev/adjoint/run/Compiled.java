package dev.adjoint.run;

import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.NotComputed;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;
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
    private final Kernels kernels;
    private final Map<Object, Specialised<R>> cache = new ConcurrentHashMap<>();

    private Compiled(Function<? super A, ? extends R> function, Kernels kernels) {
        this.function = function;
        this.kernels = kernels;
    }

    /// Compiles for the installed kernels.
    public static <A, R> Compiled<A, R> of(Function<? super A, ? extends R> function) {
        return new Compiled<>(function, Kernels.installed());
    }

    /// Compiles for the given kernels.
    public static <A, R> Compiled<A, R> of(Function<? super A, ? extends R> function, Kernels kernels) {
        return new Compiled<>(function, kernels);
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
        Trace<R> trace = Trace.of(argument, function);
        return new Specialised<>(trace, Executable.compile(trace.graph(), kernels));
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
