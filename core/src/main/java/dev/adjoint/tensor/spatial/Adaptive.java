package dev.adjoint.tensor.spatial;

import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

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
            Tensor weights = weights(x, axis);
            pooled = pooled.tensordot(weights, List.of(axis), List.of(1)).moveAxis(-1, axis);
        }
        return pooled;
    }

    /// `[o,n]`: row i is the mean over part i.
    private Tensor weights(Tensor x, int axis) {
        long n = x.dim(axis);
        long o = extent(x, axis);
        double[] weights = new double[Math.toIntExact(n * o)];
        for (long i = 0; i < o; i++) {
            for (long j = from(i, n, o); j < to(i, n, o); j++) {
                weights[(int) (i * n + j)] = 1.0 / (to(i, n, o) - from(i, n, o));
            }
        }
        return Numbers.of(x, Shape.of(o, n), weights);
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
