package dev.adjoint.tensor;

import dev.adjoint.op.composite.LogSumExp;
import dev.adjoint.op.composite.Mean;
import dev.adjoint.op.composite.Prod;
import dev.adjoint.op.composite.Variance;
import dev.adjoint.op.indexing.ArgMax;
import dev.adjoint.op.indexing.ArgMin;
import dev.adjoint.op.reduction.Max;
import dev.adjoint.op.reduction.Min;
import dev.adjoint.op.reduction.Sum;
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

    /// The square root of [Variance]. Its derivative is infinite where all elements are equal.
    default Tensor standardDeviation(Axes axes, long correction) {
        return variance(axes, correction).sqrt();
    }

    /// The transpose of broadcasting: the sum over the axes along which `shape` would be repeated to become this shape.
    default Tensor sumTo(Shape shape) {
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
