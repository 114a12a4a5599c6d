package dev.adjoint.tensor.spatial;

import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;

/// Numbers known beforehand as tensors that fit another one.
final class Numbers {
    private Numbers() {}

    /// A number for every place along an axis, of the tensor's type and rank.
    static Tensor along(Tensor x, int axis, double[] values) {
        Elements elements = Elements.allocate(x.dtype(), values.length);
        for (int i = 0; i < values.length; i++) {
            elements.set(i, values[i]);
        }
        Shape shape = Shape.scalar().padded(x.rank()).with(axis, values.length);
        return x.create(new Constant(new TensorType(x.dtype(), shape), elements));
    }

    /// Indices in row-major order.
    static Tensor indices(Tensor x, Shape shape, long[] values) {
        return x.create(new Constant(new TensorType(DType.I64, shape), Elements.wrap(values)));
    }
}
