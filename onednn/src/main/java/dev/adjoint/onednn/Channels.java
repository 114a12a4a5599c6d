package dev.adjoint.onednn;

import dev.adjoint.tensor.Permutation;
import dev.adjoint.tensor.Shape;
import java.util.stream.IntStream;

/// Where the channels of images lie in an array.
enum Channels {
    /// `[images,channels,spatial…]`, as the operators define it.
    FIRST {
        @Override
        long[] strides(Shape images) {
            return images.strides();
        }
    },
    /// `[images,spatial…,channels]`.
    LAST {
        @Override
        long[] strides(Shape images) {
            long[] strides = images.with(1, 1).strides();
            for (int axis = 0; axis < strides.length; axis++) {
                strides[axis] *= images.dim(1);
            }
            strides[1] = 1;
            return strides;
        }
    };

    /// The strides of images of a shape, which names the channels in front in any case.
    abstract long[] strides(Shape images);

    /// The permutation that brings the channels from the front to the end.
    static Permutation toLast(int rank) {
        return toFirst(rank).inverse();
    }

    /// The permutation that brings them back.
    static Permutation toFirst(int rank) {
        return Permutation.of(IntStream.range(0, rank)
                .map(axis -> axis < 2 ? axis * (rank - 1) : axis - 1)
                .toArray());
    }
}
