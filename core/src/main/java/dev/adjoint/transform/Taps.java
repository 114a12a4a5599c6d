package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/// Values and gradients of intermediate results by name.
///
/// {@snippet :
/// Taps.Report<Tensor> report = Taps.grad(x, (v, tap) -> tap.at("hidden", v.matmul(w).relu()).sum());
/// Tensor slope = report.gradients().get("hidden");
/// }
public final class Taps {
    private Taps() {}

    /// Marks an intermediate result; passes it on unchanged.
    @FunctionalInterface
    public interface Tap {
        /// The value, marked by a name.
        ///
        /// @throws InvalidArgument if the name is taken, or the value belongs to the body of a loop, a branch or a checkpoint
        Tensor at(String name, Tensor value);
    }

    /// What a tapped function gave.
    ///
    /// @param value the function's value
    /// @param gradient the gradient by its argument, in the argument's form
    /// @param values the tapped results
    /// @param gradients ∂f/∂value for each of them
    public record Report<A>(Tensor value, A gradient, Map<String, Tensor> values, Map<String, Tensor> gradients) {}

    private record Argument<A>(A argument, Map<String, Tensor> zeros) {}

    private record Result(Tensor value, Map<String, Tensor> tapped) {}

    /// The value, gradient and taps of a function with one number as result.
    ///
    /// @throws InvalidArgument if the result is not one floating number
    public static <A> Report<A> grad(A x, BiFunction<A, Tap, Tensor> f) {
        Map<String, Tensor> zeros = zeros(x, f);
        Argument<A> argument = new Argument<>(x, zeros);
        var both = Transformations.vjp((Argument<A> a) -> inScope(a, tapped(a, f)), argument);
        Tensor value = both.value().value();
        Transformations.requireNumber(value);
        Map<String, Tensor> nothing = Tree.map(both.value().tapped(), Tensor::zerosLike);
        Argument<A> gradients = both.pullback().apply(new Result(value.onesLike(), nothing));
        return new Report<>(value, gradients.argument(), both.value().tapped(), gradients.zeros());
    }

    /// A zero for every tap, so that the gradient by the zero is the gradient at the tap.
    private static <A> Map<String, Tensor> zeros(A x, BiFunction<A, Tap, Tensor> f) {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        List<Tensor> leaves = Tree.leaves(x);
        Trace.of(
                x,
                a -> f.apply(a, (name, value) -> {
                    Tensor zero = leaves.getFirst().create(Constant.scalar(value.dtype(), 0));
                    if (zeros.putIfAbsent(name, zero.broadcastTo(value.shape())) != null) {
                        throw new InvalidArgument("a tap called '" + name + "' is there already");
                    }
                    return value;
                }));
        return zeros;
    }

    /// What a body of a loop, a branch or a checkpoint computes is not known outside of it.
    private static Result inScope(Object argument, Result result) {
        List<Value> outside = new ArrayList<>(Trace.values(argument));
        outside.addAll(inputs(Value.of(result.value())));
        result.tapped().forEach((name, value) -> {
            if (!outside.containsAll(inputs(Value.of(value)))) {
                throw new InvalidArgument(
                        "the tap '" + name + "' is in the body of a loop, a branch or a checkpoint, of"
                                + " which it has no single value; return the value from the body, and tap what comes out");
            }
        });
        return result;
    }

    private static List<Value> inputs(Value value) {
        return new Graph(List.of(), List.of(value))
                .values().stream().filter(Value::isInput).toList();
    }

    private static <A> Result tapped(Argument<A> argument, BiFunction<A, Tap, Tensor> f) {
        Map<String, Tensor> tapped = new LinkedHashMap<>();
        Tensor value = f.apply(argument.argument(), (name, v) -> {
            tapped.put(name, v);
            return v.add(Objects.requireNonNull(argument.zeros().get(name)));
        });
        return new Result(value, tapped);
    }
}
