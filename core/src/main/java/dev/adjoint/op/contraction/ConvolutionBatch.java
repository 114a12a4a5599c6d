package dev.adjoint.op.contraction;

import dev.adjoint.op.Batched;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;

/// Batches a convolution by making the batch a channel group: group g of the one large convolution is example g of the
/// batch. Where only one side carries the batch, cheaper forms exist: the batch joins the examples of the left side.
record ConvolutionBatch(Batched operands) {
    Tensor convolution(Convolution op) {
        Tensor w = operands.operands().get(1);
        if (!operands.isMapped(1)) {
            return split(merge(operands.x(), 0).apply(op, w), 0);
        }
        Convolution grouped = new Convolution(op.window(), op.groups() * operands.size());
        return split(channels(0).apply(grouped, merge(w, 0)), 1);
    }

    Tensor input(ConvolutionInput op) {
        Tensor w = operands.operands().get(1);
        if (!operands.isMapped(1)) {
            return split(merge(operands.x(), 0).apply(op, w), 0);
        }
        var grouped = new ConvolutionInput(op.window(), op.groups() * operands.size(), op.spatial());
        return split(channels(0).apply(grouped, merge(w, 0)), 1);
    }

    Tensor kernel(ConvolutionKernel op) {
        var grouped = new ConvolutionKernel(op.window(), op.groups() * operands.size(), op.taps());
        Tensor w = channels(0).apply(grouped, channels(1));
        return w.reshape(w.shape().part(1, w.rank()).prepend(operands.size(), w.dim(0) / operands.size()));
    }

    /// `[B,N,C,…]` as `[N,B·C,…]`.
    private Tensor channels(int operand) {
        return merge(operands.repeated(operand).swapAxes(0, 1), 1);
    }

    /// Joins an axis with the next one.
    private static Tensor merge(Tensor x, int axis) {
        Shape shape = x.shape();
        Shape joined = shape.part(0, axis)
                .append(shape.dim(axis) * shape.dim(axis + 1))
                .append(shape.part(axis + 2, shape.rank()));
        return x.reshape(joined);
    }

    /// Splits the batch off an axis and moves it to the front.
    private Tensor split(Tensor y, int axis) {
        Shape shape = y.shape();
        long rest = operands.size() == 0 ? 0 : shape.dim(axis) / operands.size();
        Shape apart = shape.part(0, axis).append(operands.size(), rest).append(shape.part(axis + 1, shape.rank()));
        return axis == 0 ? y.reshape(apart) : y.reshape(apart).swapAxes(0, axis);
    }
}
