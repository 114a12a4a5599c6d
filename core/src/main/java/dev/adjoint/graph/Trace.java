package dev.adjoint.graph;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A function recorded as a graph: it ran once on [Value]s in the place of its argument's tensors.
///
/// @param graph the recorded graph; its inputs are the argument's tensors in order, its outputs the result's
/// @param result what the function returned, holding values
/// @param <R> the type of the result: a tensor, or a tree of tensors
public record Trace<R>(Graph graph, R result) {
    /// Records a function of a tensor or a tree of tensors.
    public static <A, R> Trace<R> of(A argument, Function<? super A, ? extends R> f) {
        return of(argument, UnaryOperator.identity(), f);
    }

    /// Records a function of a tree of tensors whose types are first changed.
    public static <A, R> Trace<R> of(A argument, UnaryOperator<TensorType> change, Function<? super A, ? extends R> f) {
        List<Value> inputs = new ArrayList<>();
        A traced = Tree.mapPaths(argument, (path, leaf) -> {
            Value input = Value.input(path.isEmpty() ? "x" : path, change.apply(leaf.type()));
            inputs.add(input);
            return input;
        });
        R result = Tree.map(call(f, traced), Value::of);
        return new Trace<>(new Graph(inputs, values(result)), result);
    }

    /// Java infers `Array` as the argument's type where a method takes a variable of type `Array`; a trace passes values.
    private static <A, R> R call(Function<? super A, ? extends R> f, A traced) {
        try {
            return f.apply(traced);
        } catch (ClassCastException e) {
            if (String.valueOf(e.getMessage()).contains(Value.class.getName())) {
                throw new InvalidArgument("a function that is traced takes and passes on Tensor, not Array: declare its"
                        + " argument, or the variable given to it, as Tensor");
            }
            throw e;
        }
    }

    /// The values inside a result.
    public static List<Value> values(Object result) {
        return Tree.leaves(result).stream().map(Value::of).toList();
    }

    /// The result for another argument of the same form and types.
    public R apply(Object argument) {
        return Tree.withLeaves(result, graph.apply(Tree.leaves(argument)));
    }

    /// The result holding other tensors, given in order.
    public R result(List<? extends Tensor> outputs) {
        return Tree.withLeaves(result, outputs);
    }
}
