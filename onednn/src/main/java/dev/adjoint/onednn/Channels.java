package dev.adjoint.onednn;

import dev.adjoint.tensor.Shape;

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
}
