package dev.adjoint.run;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.tensor.Form;
import dev.adjoint.tensor.Place;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.List;
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
    private final Object compiling = new Object();

    /// The latest first; replaced as a whole.
    private volatile List<Specialised<A, R>> specialised = List.of();

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
        for (Specialised<A, R> known : specialised) {
            Tensor[] leaves = new Tensor[known.argument.count()];
            if (known.argument.take(argument, leaves)) {
                return isRecorded(leaves) ? function.apply(argument) : known.run(leaves);
            }
        }
        Tensor[] leaves = Tree.leaves(argument).toArray(Tensor[]::new);
        return isRecorded(leaves)
                ? function.apply(argument)
                : specialised(argument).run(leaves);
    }

    private static boolean isRecorded(Tensor[] leaves) {
        for (Tensor leaf : leaves) {
            if (leaf instanceof Value) {
                return true;
            }
        }
        return false;
    }

    /// The executable for arguments of these types, compiled if necessary.
    public Executable executable(A argument) {
        return specialised(argument).executable;
    }

    /// The function without tensors around its numbers, for arguments of these types. Nothing is donated.
    public NumericFunction numeric(A argument) {
        Graph graph = Trace.of(argument, function).graph();
        return kernels.numeric(graph).orElseGet(() -> new NumericByTensors(Executable.compile(graph, kernels)));
    }

    /// One thread compiles at a time, so that nothing is compiled twice.
    private Specialised<A, R> specialised(A argument) {
        synchronized (compiling) {
            for (Specialised<A, R> known : specialised) {
                if (known.argument.take(argument, new Tensor[known.argument.count()])) {
                    return known;
                }
            }
            Specialised<A, R> made = specialise(argument);
            List<Specialised<A, R>> all = new ArrayList<>(specialised);
            all.addFirst(made);
            specialised = List.copyOf(all);
            return made;
        }
    }

    private Specialised<A, R> specialise(A argument) {
        List<Value> given = new ArrayList<>();
        Trace<R> trace = Trace.of(argument, traced -> {
            given.addAll(Trace.values(donated.apply(traced)));
            return function.apply(traced);
        });
        Donation donation = Donation.of(
                given.stream().map(trace.graph().inputs()::indexOf).toList(),
                given.stream().map(Value::toString).toList(),
                Place.caller().flatMap(Place::of));
        Executable executable = Executable.compile(trace.graph(), kernels).donating(donation);
        return new Specialised<>(Form.of(argument), executable, Form.of(trace.result()));
    }

    /// @param argument what arguments look like that share the executable
    /// @param result what the function returned
    private record Specialised<A, R>(Form<A> argument, Executable executable, Form<R> result) {
        R run(Tensor[] leaves) {
            return result.with(executable.compute(leaves));
        }
    }
}
