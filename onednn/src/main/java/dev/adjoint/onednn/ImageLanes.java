package dev.adjoint.onednn;

import dev.adjoint.onednn.Images.Places;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Shape;
import java.util.Optional;

/// Convolutions of few channels that take an image for a lane of a vector: `[channels,rows,columns,images]`, sixteen images at
/// a time.
///
/// The library's own code for them takes a channel for a lane and leaves the others empty. See
/// `docs/decisions/37-images-as-lanes.md`.
final class ImageLanes {
    /// Images of a vector.
    static final int COUNT = 16;

    /// Channels up to which at least half of the library's lanes would be empty.
    private static final long FEW_CHANNELS = 8;

    /// The same for products of matrices, which the library computes at half its speed for so few rows.
    private static final long FEWER_CHANNELS = 6;

    /// Floats of sixteen images that stay in a second-level cache with what becomes of them.
    private static final long CACHED = 1 << 18;

    /// Columns up to which the code for a whole image as a kernel stays small.
    private static final long NARROW = 32;

    private ImageLanes() {}

    /// A kernel where this is faster and the library has code for it.
    static Optional<Kernel> kernel(Dnnl dnnl, Direction direction, Images images, Workers workers) {
        if (!isPlain(images) || images.count() % COUNT != 0 || !isFaster(direction, images)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    switch (direction) {
                        case FORWARD -> new SingleChannelConvolution(dnnl, images, workers);
                        case INPUT -> new FewChannelsGradient(dnnl, images, workers);
                        case WEIGHTS -> new SingleChannelGradient(dnnl, images, workers);
                    });
        } catch (IllegalStateException refused) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(Images images) {
        return images.window().rank() == 2
                && images.groups() == 1
                && images.channels().equals(new Places(Channels.FIRST, Channels.FIRST))
                && images.window().axes().stream().allMatch(axis -> axis.stride() == 1 && axis.dilation() == 1);
    }

    private static boolean isFaster(Direction direction, Images images) {
        Shape x = images.x();
        Shape y = images.y();
        if (direction == Direction.INPUT) {
            long columns = y.dim(3) + images.w().dim(3) - 1;
            return x.dim(1) <= FEWER_CHANNELS
                    && x.dim(1) > 2
                    && images.w().dim(3) > 1
                    && 2 * columns <= 3 * y.dim(3)
                    && images.w().dim(3) * y.dim(1) * y.dim(2) * columns * COUNT <= CACHED;
        }
        long planes = (x.count() + y.count()) / images.count();
        boolean isNarrow = direction == Direction.FORWARD || y.dim(3) <= NARROW;
        return x.dim(1) == 1 && y.dim(1) <= FEW_CHANNELS && isNarrow && planes * COUNT <= 2 * CACHED;
    }
}
