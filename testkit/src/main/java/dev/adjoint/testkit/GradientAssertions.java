package dev.adjoint.testkit;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.transform.Transformations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Compares the gradients of a function with central differences in float64, entry by entry.
///
/// {@snippet :
/// assertGradients((Tensor x) -> x.sin().mul(x)).at(Array.of(0.5, 1.5)).order(2);
/// assertGradients((List<Tensor> pair) -> pair.get(0).mul(pair.get(1))).at(List.of(Array.of(2.0), Array.of(3.0)));
/// }
///
/// The argument is a tensor or a tree of tensors; its floating tensors are converted to f64, so what the function captures
/// must be f64 too. A result that is not one number is contracted with a random cotangent: the gradient of ⟨ct, f(x)⟩ is
/// checked by reverse mode, and its derivative along a random direction by forward mode. Order n + 1 is order 1 of
/// x ↦ ⟨v, ∇ₙ(x)⟩ for a random v. The cost is about ten evaluations for every element of x and every order.
///
/// Where the slopes on the two sides of an entry differ, it lies at a kink: the report says so and any gradient between the
/// two slopes passes.
///
/// @param <A> the argument: a tensor or a tree of tensors
public final class GradientAssertions<A> {
    private static final long SEED = 231;

    private final Function<? super A, ?> function;
    private final long seed;
    private final double tolerance;

    private GradientAssertions(Function<? super A, ?> function, long seed, double tolerance) {
        this.function = function;
        this.seed = seed;
        this.tolerance = tolerance;
    }

    /// The gradients of a function, to be checked [#at] points.
    public static <A> GradientAssertions<A> assertGradients(Function<? super A, ?> function) {
        return new GradientAssertions<>(function, SEED, OpCheck.TOLERANCE);
    }

    /// With other random cotangents and directions.
    public GradientAssertions<A> withSeed(long seed) {
        return new GradientAssertions<>(function, seed, tolerance);
    }

    /// With another allowed relative error |analytic − numeric| / max(1, |analytic|, |numeric|).
    public GradientAssertions<A> within(double tolerance) {
        return new GradientAssertions<>(function, seed, tolerance);
    }

    /// Checks order 1 at a point.
    ///
    /// @throws AssertionError with the report, if an entry is wrong
    /// @throws InvalidArgument if the point holds no floating tensor, or the result none
    public AtPoint at(A point) {
        return new AtPoint(point).order(1);
    }

    /// A point at which gradients were checked.
    public final class AtPoint {
        private final A point;
        private final List<GradientReport> reports = new ArrayList<>();

        private AtPoint(A point) {
            this.point = Tree.map(point, leaf -> leaf.dtype().isFloating() ? leaf.to(DType.F64) : leaf);
            if (Tree.leaves(point).stream().noneMatch(leaf -> leaf.dtype().isFloating())) {
                throw new InvalidArgument("there is nothing to differentiate by: the point holds no floating tensor");
            }
        }

        /// Checks all orders up to the given one.
        ///
        /// @throws AssertionError with the report, if an entry is wrong
        public AtPoint order(int order) {
            for (int next = reports.size() + 1; next <= order; next++) {
                GradientReport report = report(next);
                reports.add(report);
                if (!report.passed()) {
                    throw new AssertionError(report.toString());
                }
            }
            return this;
        }

        /// What was found, order by order.
        public List<GradientReport> reports() {
            return List.copyOf(reports);
        }

        private GradientReport report(int order) {
            Function<A, Tensor> scalar = scalar(order);
            return new Comparison<>(scalar, point, Key.of(seed)).report(order, seed, tolerance);
        }

        /// The number whose gradient is of the given order.
        private Function<A, Tensor> scalar(int order) {
            if (order == 1) {
                return x -> contracted(function.apply(x), Key.of(seed).fold(order));
            }
            Function<A, A> gradient = Transformations.grad(scalar(order - 1));
            return x -> contracted(gradient.apply(x), Key.of(seed).fold(order));
        }
    }

    /// ⟨ct, y⟩ over all floating tensors of a result, for a random ct; a single number stays itself.
    private static Tensor contracted(Object result, Key key) {
        List<Tensor> parts =
                Tree.leaves(result).stream().filter(t -> t.dtype().isFloating()).toList();
        if (parts.isEmpty()) {
            throw new InvalidArgument(
                    "there is nothing to differentiate: the function's result holds no floating tensor");
        }
        if (parts.size() == 1 && parts.getFirst().shape().count() == 1) {
            return parts.getFirst().to(DType.F64).reshape();
        }
        Tensor sum = Array.scalar(DType.F64, 0);
        for (int i = 0; i < parts.size(); i++) {
            Tensor part = parts.get(i).to(DType.F64);
            Array cotangent = new Draw(key.fold(i)).uniform(part.type(), -1, 1);
            sum = sum.add(part.mul(cotangent).sum());
        }
        return sum;
    }
}
