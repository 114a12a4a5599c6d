package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.op.source.Iota;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Differentiation and batching of ordinary Java functions on tensors and trees of tensors. All of them nest.
///
/// {@snippet :
/// Function<Tensor, Tensor> f = x -> x.sin().sum();
/// Tensor slope = grad(f).apply(x);          // cos x
/// Tensor bent = hvp(f, x, v);               // −sin x · v
/// }
public final class Transformations {
    private Transformations() {}

    /// A function's value and its gradient, which has the form of the argument.
    public record ValueAndGradient<A>(Tensor value, A gradient) {}

    /// A function's value and its derivative along a direction, ∂f(x)·t.
    public record ValueAndTangent<R>(R value, R tangent) {}

    /// A function's value and its transposed derivative, ct ↦ ctᵀ·∂f(x).
    public record ValueAndPullback<A, R>(R value, Function<R, A> pullback) {}

    /// The gradient ∂f/∂x of a function with one number as result. Integers and booleans in the argument get zeros.
    ///
    /// @throws InvalidArgument when applied, if the result is not one floating number
    public static <A> Function<A, A> grad(Function<? super A, ? extends Tensor> f) {
        return x -> Transformations.<A>valueAndGrad(f).apply(x).gradient();
    }

    /// The value and the gradient of a function with one number as result.
    ///
    /// @throws InvalidArgument when applied, if the result is not one floating number
    public static <A> Function<A, ValueAndGradient<A>> valueAndGrad(Function<? super A, ? extends Tensor> f) {
        return x -> {
            ValueAndPullback<A, Tensor> both = vjp(f, x);
            Tensor value = both.value();
            if (value.shape().count() != 1 || !value.dtype().isFloating()) {
                throw new InvalidArgument("grad needs a function with one floating number as result, not "
                        + value.type() + "; sum or average it, or use vjp or jacobian");
            }
            return new ValueAndGradient<>(value, both.pullback().apply(value.onesLike()));
        };
    }

    /// The value and the gradient by the first argument of a function of two.
    public static <A, B> BiFunction<A, B, ValueAndGradient<A>> valueAndGrad(
            BiFunction<? super A, ? super B, ? extends Tensor> f) {
        return (x, y) -> valueAndGrad((A a) -> f.apply(a, y)).apply(x);
    }

    /// The value at x and the function that carries cotangents of the result back to x.
    public static <A, R> ValueAndPullback<A, R> vjp(Function<? super A, ? extends R> f, A x) {
        Trace<R> trace = Trace.of(x, f);
        Graph backward = new Vjp().apply(trace.graph());
        int results = trace.graph().outputs().size();
        Graph forward = new Graph(trace.graph().inputs(), backward.outputs().subList(0, results));
        R value = trace.result(forward.apply(Tree.leaves(x)));
        Graph gradients = new Graph(
                backward.inputs(),
                backward.outputs().subList(results, backward.outputs().size()));
        return new ValueAndPullback<>(value, ct -> pull(gradients, x, floating(ct)));
    }

    private static <A> A pull(Graph gradients, A x, List<Tensor> cotangents) {
        List<Tensor> arguments = new ArrayList<>(Tree.leaves(x));
        arguments.addAll(cotangents);
        return spread(x, gradients.apply(arguments));
    }

    /// The value at x and the derivative along the direction t, which has the form of x.
    public static <A, R> ValueAndTangent<R> jvp(Function<? super A, ? extends R> f, A x, A t) {
        Trace<R> trace = Trace.of(x, f);
        List<Tensor> arguments = new ArrayList<>(Tree.leaves(x));
        arguments.addAll(floating(t));
        List<Tensor> results = new Jvp().apply(trace.graph()).apply(arguments);
        int values = trace.graph().outputs().size();
        R value = trace.result(results.subList(0, values));
        return new ValueAndTangent<>(value, spread(value, results.subList(values, results.size())));
    }

    /// The Hessian of f at x applied to a direction v: forward mode over reverse mode, no matrix.
    public static <A> A hvp(Function<? super A, ? extends Tensor> f, A x, A v) {
        return Transformations.<A, A>jvp(grad(f), x, v).tangent();
    }

    /// The function applied to every example along axis 0 of all tensors of its argument; results have that axis in front.
    ///
    /// @throws InvalidArgument when applied, if the tensors differ in their first extent or have none
    public static <A, R> Function<A, R> vmap(Function<? super A, ? extends R> f) {
        return x -> {
            long size = batchSize(x);
            Trace<R> trace = Trace.of(x, type -> type.withShape(type.shape().part(1, type.rank())), f);
            List<Boolean> mapped = Collections.nCopies(trace.graph().inputs().size(), true);
            Graph batched = new Batch(mapped, size).apply(trace.graph());
            return trace.result(batched.apply(Tree.leaves(x)));
        };
    }

    private static long batchSize(Object x) {
        List<TensorType> types = Tree.leaves(x).stream().map(Tensor::type).toList();
        if (types.isEmpty()
                || types.stream().anyMatch(t -> t.rank() == 0)
                || types.stream().mapToLong(t -> t.dim(0)).distinct().count() != 1) {
            throw new InvalidArgument("vmap needs tensors with one common first extent, not " + types);
        }
        return types.getFirst().dim(0);
    }

    /// The matrix of all partial derivatives ∂fᵢ/∂xⱼ, of shape (shape of f(x), shape of x): forward mode if x has fewer
    /// elements than f(x), else reverse mode.
    public static Function<Tensor, Tensor> jacobian(Function<? super Tensor, ? extends Tensor> f) {
        return x -> {
            ValueAndPullback<Tensor, Tensor> both = vjp(f, x);
            Shape rows = both.value().shape();
            Shape columns = x.shape();
            if (columns.count() < rows.count()) {
                Function<Tensor, Tensor> push =
                        t -> Transformations.<Tensor, Tensor>jvp(f, x, t).tangent();
                Tensor byColumn = vmap(push).apply(basis(x));
                return byColumn.reshape(columns.count(), rows.count()).mT().reshape(rows.append(columns));
            }
            return vmap(both.pullback()).apply(basis(both.value())).reshape(rows.append(columns));
        };
    }

    /// The matrix of all second derivatives ∂²f/∂xᵢ∂xⱼ of a function with one number as result.
    public static Function<Tensor, Tensor> hessian(Function<? super Tensor, ? extends Tensor> f) {
        return jacobian(grad(f));
    }

    /// All directions along one element of a tensor like x: `[n, shape of x]`.
    private static Tensor basis(Tensor x) {
        long n = x.shape().count();
        TensorType square = TensorType.of(x.dtype(), n, n);
        Tensor identity = x.create(new Iota(square, 0)).eq(x.create(new Iota(square, 1)));
        return identity.to(x.dtype()).reshape(x.shape().prepend(n));
    }

    private static List<Tensor> floating(Object tree) {
        return Tree.leaves(tree).stream().filter(t -> t.dtype().isFloating()).toList();
    }

    /// The tree with its floating tensors replaced in order and all others by zeros.
    private static <T> T spread(T tree, List<Tensor> floating) {
        var next = floating.iterator();
        return Tree.map(tree, leaf -> leaf.dtype().isFloating() ? next.next() : leaf.zerosLike());
    }
}
