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

    /// One number, and what was computed on the way to it.
    public record NumberAndAuxiliary<X>(Tensor number, X auxiliary) {}

    /// A function's value, its gradient, and what was computed on the way.
    public record ValueGradientAuxiliary<A, X>(Tensor value, A gradient, X auxiliary) {}

    /// A function's value and its derivative along a direction, ∂f(x)·t.
    public record ValueAndTangent<R>(R value, R tangent) {}

    /// A function's value and its derivative as a linear function, t ↦ ∂f(x)·t.
    public record ValueAndPushforward<A, R>(R value, Function<A, R> pushforward) {}

    /// A function's value and its transposed derivative, ct ↦ ctᵀ·∂f(x).
    public record ValueAndPullback<A, R>(R value, Function<R, A> pullback) {}

    /// The gradient ∂f/∂x of a function with one number as result. Integers and booleans in the argument get zeros.
    ///
    /// @throws InvalidArgument when applied, if the result is not one floating number, the argument holds no floating tensor,
    ///     or the result depends on it through integers alone
    public static <A> Function<A, A> grad(Function<A, Tensor> f) {
        return x -> valueAndGrad(f).apply(x).gradient();
    }

    /// The value and the gradient of a function with one number as result.
    ///
    /// @throws InvalidArgument when applied, if the result is not one floating number, the argument holds no floating tensor,
    ///     or the result depends on it through integers alone
    public static <A> Function<A, ValueAndGradient<A>> valueAndGrad(Function<A, Tensor> f) {
        return x -> {
            Trace<Tensor> trace = Trace.of(x, f);
            requireNumber(trace.result());
            new IntegerPath(trace.graph()).refuse();
            ValueAndPullback<A, Tensor> both = vjp(trace, x);
            Tensor value = both.value();
            return new ValueAndGradient<>(value, both.pullback().apply(value.onesLike()));
        };
    }

    /// The value and the gradient of a function that also returns what it computed on the way, a tensor or a tree of tensors.
    /// No derivative flows through that.
    ///
    /// {@snippet :
    /// var all = valueAndGradWithAuxiliary((Tensor w) -> {
    ///     Tensor y = w.mul(x);
    ///     return new NumberAndAuxiliary<>(y.square().mean(), y.max());
    /// }).apply(v);
    /// }
    ///
    /// @throws InvalidArgument when applied, if the result is not one floating number
    public static <A, X> Function<A, ValueGradientAuxiliary<A, X>> valueAndGradWithAuxiliary(
            Function<A, NumberAndAuxiliary<X>> f) {
        return x -> {
            ValueAndPullback<A, NumberAndAuxiliary<X>> both = vjp((A at) -> withoutDerivative(f.apply(at)), x);
            Tensor value = both.value().number();
            requireNumber(value);
            X auxiliary = both.value().auxiliary();
            var seed = new NumberAndAuxiliary<>(value.onesLike(), Tree.map(auxiliary, Tensor::zerosLike));
            return new ValueGradientAuxiliary<>(value, both.pullback().apply(seed), auxiliary);
        };
    }

    private static <X> NumberAndAuxiliary<X> withoutDerivative(NumberAndAuxiliary<X> both) {
        X still = Tree.map(both.auxiliary(), t -> t.dtype().isFloating() ? t.stopGradient() : t);
        return new NumberAndAuxiliary<>(both.number(), still);
    }

    /// The value and the gradient by the first argument of a function of two.
    public static <A, B> BiFunction<A, B, ValueAndGradient<A>> valueAndGrad(BiFunction<A, B, Tensor> f) {
        return (x, y) -> valueAndGrad((A a) -> f.apply(a, y)).apply(x);
    }

    /// The value at x and the function that carries cotangents of the result back to x. What the backward pass reads of the
    /// forward pass is computed once and kept, however often the pullback is applied.
    public static <A, R> ValueAndPullback<A, R> vjp(Function<A, R> f, A x) {
        return vjp(Trace.of(x, f), x);
    }

    private static <A, R> ValueAndPullback<A, R> vjp(Trace<R> trace, A x) {
        int results = trace.graph().outputs().size();
        Split split =
                Split.of(new Vjp().apply(trace.graph()), trace.graph().inputs().size(), results);
        List<Tensor> known = split.first().apply(Tree.leaves(x));
        List<Tensor> residuals = known.subList(results, known.size());
        R value = trace.result(known.subList(0, results));
        return new ValueAndPullback<>(value, ct -> {
            List<Tensor> seeds = alike("a cotangent of the result", value, ct);
            return spread(x, split.rest().apply(join(residuals, seeds)));
        });
    }

    /// The value at x and its derivative as a linear function, t ↦ ∂f(x)·t: one forward pass for any number of tangents.
    public static <A, R> ValueAndPushforward<A, R> linearize(Function<A, R> f, A x) {
        Trace<R> trace = Trace.of(x, f);
        int results = trace.graph().outputs().size();
        Split split =
                Split.of(new Jvp().apply(trace.graph()), trace.graph().inputs().size(), results);
        List<Tensor> known = split.first().apply(Tree.leaves(x));
        List<Tensor> residuals = known.subList(results, known.size());
        R value = trace.result(known.subList(0, results));
        return new ValueAndPushforward<>(value, t -> {
            List<Tensor> tangents = alike("a tangent of the argument", x, t);
            return spread(value, split.rest().apply(join(residuals, tangents)));
        });
    }

    /// The value at x and the derivative along the direction t, which has the form of x.
    public static <A, R> ValueAndTangent<R> jvp(Function<A, R> f, A x, A t) {
        Trace<R> trace = Trace.of(x, f);
        List<Tensor> tangents = alike("a tangent of the argument", x, t);
        List<Tensor> results = new Jvp().apply(trace.graph()).apply(join(Tree.leaves(x), tangents));
        int values = trace.graph().outputs().size();
        R value = trace.result(results.subList(0, values));
        return new ValueAndTangent<>(value, spread(value, results.subList(values, results.size())));
    }

    /// The Hessian of f at x applied to a direction v: forward mode over reverse mode, no matrix.
    public static <A> A hvp(Function<A, Tensor> f, A x, A v) {
        return jvp(grad(f), x, v).tangent();
    }

    /// The Gauss–Newton matrix of L(f(x)) applied to a direction, Jᵀ·H·J·v with J = ∂f(x) and H the Hessian of L at f(x).
    ///
    /// @param f what is fitted
    /// @param loss L, with one number as result
    public static <A, R> A gaussNewtonProduct(Function<A, R> f, Function<R, Tensor> loss, A x, A v) {
        ValueAndPullback<A, R> back = vjp(f, x);
        R moved = jvp(f, x, v).tangent();
        return back.pullback().apply(hvp(loss, back.value(), moved));
    }

    /// The gradient by the model for every example of a batch by itself; axis 0 of every tensor counts the examples.
    ///
    /// @param f one number for a model and a single example, which has no batch axis
    public static <A, B> BiFunction<A, B, A> perExampleGradients(BiFunction<A, B, Tensor> f) {
        return (model, batch) -> Transformations.<B, A>vmap(
                        example -> grad((A m) -> f.apply(m, example)).apply(model))
                .apply(batch);
    }

    /// As [#vmap(Function)], but along another axis of the arguments and with the new axis at another place of the results.
    public static <A, R> Function<A, R> vmap(Function<A, R> f, int in, int out) {
        Function<A, R> first = vmap(f);
        return x -> {
            A inFront = Tree.map(x, leaf -> leaf.moveAxis(leaf.type().axis("vmap", in), 0));
            return Tree.map(first.apply(inFront), y -> y.moveAxis(0, y.type().axis("vmap", out)));
        };
    }

    /// The function applied to every example along axis 0 of all tensors of its argument; results have that axis in front.
    ///
    /// @throws InvalidArgument when applied, if the tensors differ in their first extent or have none
    public static <A, R> Function<A, R> vmap(Function<A, R> f) {
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
    public static Function<Tensor, Tensor> jacobian(Function<Tensor, Tensor> f) {
        return x -> {
            ValueAndPullback<Tensor, Tensor> both = vjp(f, x);
            Shape rows = both.value().shape();
            Shape columns = x.shape();
            if (columns.count() < rows.count()) {
                Function<Tensor, Tensor> push = linearize(f, x).pushforward();
                Tensor byColumn = vmap(push).apply(basis(x));
                return byColumn.reshape(columns.count(), rows.count()).mT().reshape(rows.append(columns));
            }
            return vmap(both.pullback()).apply(basis(both.value())).reshape(rows.append(columns));
        };
    }

    /// The matrix of all second derivatives ∂²f/∂xᵢ∂xⱼ of a function with one number as result.
    public static Function<Tensor, Tensor> hessian(Function<Tensor, Tensor> f) {
        return jacobian(grad(f));
    }

    /// All directions along one element of a tensor like x: `[n, shape of x]`.
    private static Tensor basis(Tensor x) {
        long n = x.shape().count();
        TensorType square = TensorType.of(x.dtype(), n, n);
        Tensor identity = x.create(new Iota(square, 0)).eq(x.create(new Iota(square, 1)));
        return identity.to(x.dtype()).reshape(x.shape().prepend(n));
    }

    static void requireNumber(Tensor value) {
        if (value.shape().count() != 1 || !value.dtype().isFloating()) {
            throw new InvalidArgument("grad needs a function with one floating number as result, not " + value.type()
                    + "; sum or average it, or use vjp or jacobian");
        }
    }

    private static List<Tensor> join(List<Tensor> first, List<Tensor> second) {
        List<Tensor> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static List<Tensor> floating(Object tree) {
        return Tree.leaves(tree).stream().filter(t -> t.dtype().isFloating()).toList();
    }

    /// The floating tensors of a derivative, which are of the types of those that it is of.
    private static List<Tensor> alike(String what, Object of, Object given) {
        List<TensorType> wanted = floating(of).stream().map(Tensor::type).toList();
        List<Tensor> parts = floating(given);
        List<TensorType> types = parts.stream().map(Tensor::type).toList();
        if (!types.equals(wanted)) {
            throw new InvalidArgument(what + " has its floating types, " + wanted + ", not " + types);
        }
        return parts;
    }

    /// The tree with its floating tensors replaced in order and all others by zeros.
    private static <T> T spread(T tree, List<Tensor> floating) {
        var next = floating.iterator();
        return Tree.map(tree, leaf -> leaf.dtype().isFloating() ? next.next() : leaf.zerosLike());
    }
}
