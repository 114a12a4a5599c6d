package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The p-norm along the given axes: y = (Σᵢ |xᵢ|ᵖ)^(1/p). Order 1 is the sum of sizes, 2 the Euclidean norm (over two axes
/// that of Frobenius), ∞ the largest size, 0 the number of elements that are not zero; of nothing, 0, but refused for ∞.
///
/// Elements are divided by the largest size first, so nothing overflows that the result does not. Derivatives at zero are
/// defined as 0, at every order that the formula leaves open: of |x| at 0, of the norm of a zero vector, of |x|ᵖ for a
/// fractional p. For ∞, elements that tie share the cotangent equally. Matches `torch.linalg.vector_norm`.
///
/// @param order p, at least 0, possibly infinite
/// @param axes the axes
public record Norm(double order, Axes axes) implements Composite {
    /// Integer powers up to this one are products, whose derivatives are exact at zero.
    private static final double LARGEST_PRODUCT = 64;

    public Norm {
        if (!(order >= 0)) {
            throw new InvalidArgument("norm: the order is at least 0, not " + order);
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return Double.isInfinite(order)
                ? FloatingLaw.nonEmpty(this, operands, axes)
                : FloatingLaw.reduce(this, operands, axes);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        if (order == 0) {
            return x.ne(0).to(x.dtype()).sum(axes);
        }
        if (order == 1 || axes.size(x.shape()) == 0) {
            return x.abs().sum(axes);
        }
        return Double.isInfinite(order) ? x.abs().max(axes) : scaled(x);
    }

    // For any constant m the norm is m times the norm of x/m, so m need not move with x. What is undefined at zero is
    // replaced before the root: a NaN that is only selected away afterwards comes back in the next derivative.
    private Tensor scaled(Tensor x) {
        Tensor largest = x.stopGradient().abs().max(axes.kept());
        Tensor usable = largest.gt(0).and(largest.lt(Double.POSITIVE_INFINITY));
        Tensor scale = usable.where(largest, x.constant(1));
        Tensor sum = power(x.div(scale)).sum(axes.kept());
        Tensor zero = sum.eq(0);
        Tensor safe = zero.where(x.constant(1), sum);
        Tensor root = order == 2 ? safe.sqrt() : safe.pow(1 / order);
        return zero.where(x.constant(0), root.mul(scale)).reshape(axes.reduce(x.shape()));
    }

    /// |x|ᵖ.
    private Tensor power(Tensor x) {
        if (order == Math.rint(order) && order <= LARGEST_PRODUCT) {
            boolean even = order % 2 == 0;
            Tensor square = x.square();
            Tensor product = even ? square : x.abs();
            for (int power = even ? 2 : 1; power < order; power += 2) {
                product = product.mul(square);
            }
            return product;
        }
        Tensor zero = x.eq(0);
        return zero.where(x.constant(0), zero.where(x.constant(1), x.abs()).pow(order));
    }

    @Override
    public String formula() {
        return "(Σᵢ |xᵢ|ᵖ)^(1/p)";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Norm(2, Axes.all())).normal(2, 3),
                Sample.of(new Norm(2, Axes.of(-1).kept())).normal(2, 3),
                Sample.of(new Norm(1, Axes.of(0))).normal(3, 2),
                Sample.of(new Norm(3, Axes.of(0))).normal(3, 2),
                Sample.of(new Norm(4, Axes.of(1))).normal(2, 3),
                Sample.of(new Norm(2.5, Axes.of(0))).uniform(0.5, 2, 3, 2),
                Sample.of(new Norm(Double.POSITIVE_INFINITY, Axes.of(1))).normal(2, 3),
                Sample.of(new Norm(0, Axes.all())).uniform(0.5, 2, 3),
                Sample.of(new Norm(2, Axes.of(1))).normal(2, 0),
                Sample.of(new Norm(2, Axes.all())).normal());
    }
}
