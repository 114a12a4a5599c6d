package dev.adjoint.tensor.spatial;

import dev.adjoint.op.source.Iota;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Pooling into given extents of the last axes. Where they divide the axes' extents it is a window; elsewhere the parts
/// differ in size, and each axis is pooled on its own.
record Adaptive(String operator, Shape extents) {
    Tensor average(Tensor x) {
        check(x);
        if (divides(x)) {
            return x.averagePool(Pool.of(taps(x)));
        }
        Tensor pooled = x;
        for (int axis = x.rank() - extents.rank(); axis < x.rank(); axis++) {
            pooled = mean(pooled, axis);
        }
        return pooled;
    }

    /// What is repeated to fill a row counts as 0: selected away rather than multiplied, for it may be infinite.
    private Tensor mean(Tensor x, int axis) {
        long n = x.dim(axis);
        long o = extent(x, axis);
        Tensor read = x.gather(axis, parts(x, axis));
        Shape row = Shape.scalar().padded(read.rank()).with(axis + 1, read.dim(axis + 1));
        Tensor number = x.create(new Iota(new TensorType(DType.I64, row), axis + 1));
        long[] sizes =
                LongStream.range(0, o).map(i -> to(i, n, o) - from(i, n, o)).toArray();
        Shape column = Shape.scalar().padded(read.rank()).with(axis, o);
        Tensor size = Numbers.indices(x, column, sizes);
        Tensor sum = number.lt(size).where(read, read.constant(0)).sum(axis + 1);
        return sum.div(size.squeeze(axis + 1).to(x.dtype()));
    }

    Tensor max(Tensor x) {
        check(x);
        if (divides(x)) {
            return x.maxPool(Pool.of(taps(x)));
        }
        Tensor pooled = x;
        for (int axis = x.rank() - extents.rank(); axis < x.rank(); axis++) {
            pooled = pooled.gather(axis, parts(x, axis)).max(axis + 1);
        }
        return pooled;
    }

    /// `[o,length]`: row i holds the places of part i, the last one repeated until all rows are of equal length.
    private Tensor parts(Tensor x, int axis) {
        long n = x.dim(axis);
        long o = extent(x, axis);
        int length = IntStream.range(0, Math.toIntExact(o))
                .map(i -> (int) (to(i, n, o) - from(i, n, o)))
                .max()
                .orElse(1);
        long[] places = new long[Math.toIntExact(o * length)];
        for (int i = 0; i < places.length; i++) {
            long part = i / length;
            places[i] = Math.min(from(part, n, o) + i % length, to(part, n, o) - 1);
        }
        return Numbers.indices(x, Shape.of(o, length), places);
    }

    private static long from(long part, long n, long o) {
        return part * n / o;
    }

    private static long to(long part, long n, long o) {
        return Math.ceilDiv((part + 1) * n, o);
    }

    private long extent(Tensor x, int axis) {
        return extents.dim(axis - (x.rank() - extents.rank()));
    }

    private void check(Tensor x) {
        if (!x.dtype().isFloating()) {
            throw new DTypeMismatch(
                    operator, List.of(x.type()), "defined for floating types only; convert with x.to(DType.F32)");
        }
        boolean fits =
                x.rank() >= extents.rank() && x.shape().trailing(extents.rank()).count() > 0;
        if (!fits || extents.count() == 0) {
            throw new ShapeMismatch(
                    operator,
                    List.of(x.type()),
                    "needs " + extents.rank() + " spatial axes with elements to pool into " + extents);
        }
    }

    private boolean divides(Tensor x) {
        Shape spatial = x.shape().trailing(extents.rank());
        return IntStream.range(0, extents.rank()).allMatch(i -> spatial.dim(i) % extents.dim(i) == 0);
    }

    private long[] taps(Tensor x) {
        Shape spatial = x.shape().trailing(extents.rank());
        return IntStream.range(0, extents.rank())
                .mapToLong(i -> spatial.dim(i) / extents.dim(i))
                .toArray();
    }
}
