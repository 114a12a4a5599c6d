package dev.adjoint.tensor;

import dev.adjoint.op.composite.AveragePool;
import dev.adjoint.op.composite.CrossEntropy;
import dev.adjoint.op.composite.LogSoftmax;
import dev.adjoint.op.composite.MaskedSoftmax;
import dev.adjoint.op.composite.MaxPool;
import dev.adjoint.op.composite.MaxPoolGradient;
import dev.adjoint.op.composite.OneHot;
import dev.adjoint.op.composite.Softmax;
import dev.adjoint.op.contraction.Window;

/// Operators made of others that networks need.
public interface Composites extends Algebra {
    /// [Softmax]
    default Tensor softmax(int axis) {
        return apply(new Softmax(axis));
    }

    /// Probabilities that fall with the scores: [Softmax] of −x.
    default Tensor softmin(int axis) {
        return ((Tensor) this).neg().softmax(axis);
    }

    /// [MaskedSoftmax]: scores of −∞ are absent.
    default Tensor maskedSoftmax(int axis) {
        return apply(new MaskedSoftmax(axis));
    }

    /// [LogSoftmax]
    default Tensor logSoftmax(int axis) {
        return apply(new LogSoftmax(axis));
    }

    /// [CrossEntropy] per example: this holds scores `[…,C]`, the operand class indices `[…]`.
    default Tensor crossEntropy(Tensor labels) {
        return apply(new CrossEntropy(), labels);
    }

    /// [OneHot]: this holds class indices.
    default Tensor oneHot(long classes, DType dtype) {
        return apply(new OneHot(classes, dtype));
    }

    /// [MaxPool]
    default Tensor maxPool(Window window, Shape taps) {
        return apply(new MaxPool(window, taps));
    }

    /// [MaxPoolGradient], the reverse rule of [#maxPool]: this is its input.
    default Tensor maxPoolGradient(MaxPool pool, Tensor output, Tensor cotangent) {
        return apply(new MaxPoolGradient(pool.window(), pool.taps()), output, cotangent);
    }

    /// [AveragePool]
    default Tensor averagePool(Window window, Shape taps) {
        return apply(new AveragePool(window, taps));
    }
}
