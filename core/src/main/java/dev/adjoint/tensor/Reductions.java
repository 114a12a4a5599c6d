package dev.adjoint.tensor;

import dev.adjoint.op.composite.LogSumExp;
import dev.adjoint.op.composite.Mean;
import dev.adjoint.op.composite.Median;
import dev.adjoint.op.composite.Norm;
import dev.adjoint.op.composite.Prod;
import dev.adjoint.op.composite.Quantile;
import dev.adjoint.op.composite.Variance;
import dev.adjoint.op.indexing.ArgMax;
import dev.adjoint.op.indexing.ArgMin;
import dev.adjoint.op.reduction.Max;
import dev.adjoint.op.reduction.Min;
import dev.adjoint.op.reduction.Sum;
import java.util.List;
import java.util.stream.IntStream;

/// Many elements into one, along the given axes or, if none is given, all. `Axes.of(1).kept()` keeps the reduced axes.
public interface Reductions extends Algebra {
    /// [Sum]
    default Tensor sum(Axes axes) {
        return apply(new Sum(axes));
    }

    /// [Sum]
    default Tensor sum(int... axes) {
        return sum(Axes.of(axes));
    }

    /// [Mean]
    default Tensor mean(Axes axes) {
        return apply(new Mean(axes));
    }

    /// [Mean]
    default Tensor mean(int... axes) {
        return mean(Axes.of(axes));
    }

    /// [Prod]
    default Tensor prod(Axes axes) {
        return apply(new Prod(axes));
    }

    /// [Prod]
    default Tensor prod(int... axes) {
        return prod(Axes.of(axes));
    }

    /// [Max]
    default Tensor max(Axes axes) {
        return apply(new Max(axes));
    }

    /// [Max]
    default Tensor max(int... axes) {
        return max(Axes.of(axes));
    }

    /// [Min]
    default Tensor min(Axes axes) {
        return apply(new Min(axes));
    }

    /// [Min]
    default Tensor min(int... axes) {
        return min(Axes.of(axes));
    }

    /// [LogSumExp]
    default Tensor logSumExp(Axes axes) {
        return apply(new LogSumExp(axes));
    }

    /// [LogSumExp]
    default Tensor logSumExp(int... axes) {
        return logSumExp(Axes.of(axes));
    }

    /// [ArgMax]
    default Tensor argmax(Axes axis) {
        return apply(new ArgMax(axis));
    }

    /// [ArgMax]
    default Tensor argmax(int axis) {
        return argmax(Axes.of(axis));
    }

    /// [ArgMin]
    default Tensor argmin(Axes axis) {
        return apply(new ArgMin(axis));
    }

    /// [ArgMin]
    default Tensor argmin(int axis) {
        return argmin(Axes.of(axis));
    }

    /// [Variance] of a population, or with correction 1 the unbiased estimate from a sample.
    default Tensor variance(Axes axes, long correction) {
        return apply(new Variance(axes, correction));
    }

    /// The square root of [Variance]. Its derivative where all elements are equal is defined as 0, as that of [Norm].
    default Tensor standardDeviation(Axes axes, long correction) {
        Tensor variance = variance(axes, correction);
        Tensor zero = variance.eq(0);
        // Replaced before the root: selected away only afterwards, its infinite slope comes back as NaN.
        Tensor root = zero.where(constant(1), variance).sqrt();
        return zero.where(constant(0), root);
    }

    /// [Median]
    default Tensor median(Axes axes) {
        return apply(new Median(axes));
    }

    /// [Median]
    default Tensor median(int... axes) {
        return median(Axes.of(axes));
    }

    /// [Quantile]
    default Tensor quantile(double q, Axes axes) {
        return apply(new Quantile(q, axes));
    }

    /// [Norm] of order p: 1, 2, `Double.POSITIVE_INFINITY`, or any other from 0 on.
    default Tensor norm(double order, Axes axes) {
        return apply(new Norm(order, axes));
    }

    /// The Euclidean norm, over two axes that of Frobenius: [Norm] of order 2.
    default Tensor norm(int... axes) {
        return norm(2, Axes.of(axes));
    }

    /// The mean with weights: y = Σᵢ wᵢ·xᵢ / Σᵢ wᵢ; NaN where the weights add up to 0.
    ///
    /// @param axes the axes
    /// @param weights broadcastable to this tensor
    default Tensor weightedMean(Axes axes, Tensor weights) {
        if (!weights.shape().broadcastsTo(shape())) {
            throw new ShapeMismatch(
                    "weightedMean", List.of(type(), weights.type()), "the weights cannot be repeated to " + shape());
        }
        Tensor all = weights.broadcastTo(shape());
        return ((Tensor) this).mul(all).sum(axes).div(all.sum(axes));
    }

    /// Whether an element is true, or not zero; of nothing, no. A NaN is not zero.
    default Tensor any(Axes axes) {
        return truth().to(DType.I32).sum(axes).gt(0);
    }

    /// Whether an element is true, or not zero.
    default Tensor any(int... axes) {
        return any(Axes.of(axes));
    }

    /// Whether all elements are true, or not zero; of nothing, yes. A NaN is not zero.
    default Tensor all(Axes axes) {
        return truth().not().any(axes).not();
    }

    /// Whether all elements are true, or not zero.
    default Tensor all(int... axes) {
        return all(Axes.of(axes));
    }

    /// How many elements are true, or not zero, as i64. A NaN is not zero.
    default Tensor countNonzero(Axes axes) {
        return truth().to(DType.I64).sum(axes);
    }

    /// How many elements are true, or not zero, as i64.
    default Tensor countNonzero(int... axes) {
        return countNonzero(Axes.of(axes));
    }

    private Tensor truth() {
        return dtype() == DType.BOOL ? (Tensor) this : ((Tensor) this).ne(0);
    }

    /// The transpose of broadcasting: the sum over the axes along which `shape` would be repeated to become this shape.
    ///
    /// @throws ShapeMismatch if it could not be repeated to this shape
    default Tensor sumTo(Shape shape) {
        if (!shape.broadcastsTo(shape())) {
            throw new ShapeMismatch(
                    "sumTo", List.of(type()), "cannot be summed to " + shape + ", which cannot be repeated to it");
        }
        if (shape.equals(shape())) {
            return (Tensor) this;
        }
        int lead = rank() - shape.rank();
        int[] repeated = IntStream.range(0, rank())
                .filter(axis -> axis < lead || (shape.dim(axis - lead) == 1 && dim(axis) != 1))
                .toArray();
        return repeated.length == 0
                ? ((Tensor) this).reshape(shape)
                : sum(repeated).reshape(shape);
    }
}
