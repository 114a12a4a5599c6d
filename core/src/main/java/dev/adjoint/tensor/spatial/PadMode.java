package dev.adjoint.tensor.spatial;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// What stands outside the ends of an axis. For `1 2 3` and four elements on either side:
public enum PadMode {
    /// The elements mirrored at the last one, which is not repeated: `1 2 3 2 | 1 2 3 | 2 1 2 3`.
    REFLECT {
        @Override
        long index(long place, long size) {
            if (size == 1) {
                return 0;
            }
            long turned = Math.floorMod(place, 2 * (size - 1));
            return turned < size ? turned : 2 * (size - 1) - turned;
        }
    },
    /// The elements mirrored behind the last one, which is repeated: `3 3 2 1 | 1 2 3 | 3 2 1 1`.
    SYMMETRIC {
        @Override
        long index(long place, long size) {
            long turned = Math.floorMod(place, 2 * size);
            return turned < size ? turned : 2 * size - 1 - turned;
        }
    },
    /// The last element: `1 1 1 1 | 1 2 3 | 3 3 3 3`. `edge` in NumPy.
    REPLICATE {
        @Override
        long index(long place, long size) {
            return Math.clamp(place, 0, size - 1);
        }
    },
    /// The elements from the other end: `3 1 2 3 | 1 2 3 | 1 2 3 1`. `wrap` in NumPy.
    CIRCULAR {
        @Override
        long index(long place, long size) {
            return Math.floorMod(place, size);
        }
    };

    /// The element that stands at a place, which may be negative or behind the last one.
    abstract long index(long place, long size);

    /// So many elements before and behind an axis. Only these are looked up; the tensor itself is copied.
    Tensor pad(Tensor x, int axis, Padding.Margin margin) {
        long size = x.dim(axis);
        if (margin.low() < 0 || margin.high() < 0) {
            throw new InvalidArgument("pad: margins are at least 0, not " + margin.low() + " and " + margin.high());
        }
        if (size == 0 && margin.low() + margin.high() > 0) {
            throw new InvalidArgument(
                    "pad: axis " + axis + " of " + x.type() + " has no element to pad with by " + this);
        }
        List<Tensor> parts = new ArrayList<>();
        if (margin.low() > 0) {
            parts.add(outside(x, axis, -margin.low(), 0));
        }
        parts.add(x);
        if (margin.high() > 0) {
            parts.add(outside(x, axis, size, size + margin.high()));
        }
        return parts.size() == 1 ? x : Tensor.concat(axis, parts);
    }

    private Tensor outside(Tensor x, int axis, long from, long to) {
        long[] indices = new long[Math.toIntExact(to - from)];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = index(from + i, x.dim(axis));
        }
        return x.gather(axis, Numbers.indices(x, Shape.of(indices.length), indices));
    }
}
