package dev.adjoint.tensor;

import dev.adjoint.op.composite.CumArgMax;
import dev.adjoint.op.composite.CumArgMin;
import dev.adjoint.op.composite.CumMax;
import dev.adjoint.op.composite.CumMin;
import dev.adjoint.op.composite.CumProd;
import dev.adjoint.op.composite.CumSum;
import dev.adjoint.op.composite.LogCumSumExp;

/// What has come together so far along an axis. Negative axes count from the end.
public interface Scans extends Algebra {
    /// [CumSum]
    default Tensor cumsum(int axis) {
        return apply(new CumSum(axis));
    }

    /// [CumProd]
    default Tensor cumprod(int axis) {
        return apply(new CumProd(axis));
    }

    /// [CumMax]
    default Tensor cummax(int axis) {
        return apply(new CumMax(axis));
    }

    /// [CumMin]
    default Tensor cummin(int axis) {
        return apply(new CumMin(axis));
    }

    /// [CumArgMax]
    default Tensor cumArgmax(int axis) {
        return apply(new CumArgMax(axis));
    }

    /// [CumArgMin]
    default Tensor cumArgmin(int axis) {
        return apply(new CumArgMin(axis));
    }

    /// [LogCumSumExp]
    default Tensor logCumSumExp(int axis) {
        return apply(new LogCumSumExp(axis));
    }
}
