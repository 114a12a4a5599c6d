package dev.adjoint.onednn;

import dev.adjoint.onednn.Port.Pieces;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/// A convolution, or one of its transposes, with more weights than numbers in the images: the channels of the result fall into
/// parts, so that each part reads or makes weights of its own, and nothing has to be added up.
final class ChannelwiseConvolution implements Kernel {
    /// Channels of a part.
    private static final int CHANNELS = 64;

    /// Channels of a part of a gradient by the weights from few positions: with 64, one of 4×4 images takes a seventh longer; from
    /// 8×8, 64 are as good or better.
    private static final int FEWER_CHANNELS = 32;

    private static final int FEW_POSITIONS = 32;

    private final Direction direction;
    private final Images images;
    private final int channels;

    /// Where the channels of each part lie in the right operand, and in the result.
    private final List<Pieces> right;

    private final List<Pieces> result;

    private final PreparedConvolution prepared;
    private final Workers workers;

    private ChannelwiseConvolution(
            Direction direction, Images images, PreparedConvolution prepared, int channels, Workers workers) {
        this.direction = direction;
        this.images = images;
        this.prepared = prepared;
        this.channels = channels;
        int parts = (int) images.w().dim(direction == Direction.INPUT ? 1 : 0) / channels;
        this.right = IntStream.range(0, parts)
                .mapToObj(part -> pieces(direction.right, part))
                .toList();
        this.result = IntStream.range(0, parts)
                .mapToObj(part -> pieces(direction.result, part))
                .toList();
        this.workers = workers;
    }

    /// Whether the work is better split by channels than by images. Of a strided window, the library computes the gradient by
    /// part of the input's channels at half the speed.
    static boolean fits(Direction direction, Images images) {
        Shape w = images.w();
        long most = Math.max(images.x().count(), images.y().count());
        long channels = direction == Direction.INPUT ? w.dim(1) : w.dim(0);
        boolean isSplitWell = direction != Direction.INPUT || !images.isStrided();
        return images.groups() == 1
                && isSplitWell
                && most <= w.count()
                && channels > CHANNELS
                && channels % CHANNELS == 0;
    }

    /// @throws IllegalStateException if the library has no primitive for it
    static ChannelwiseConvolution of(Dnnl dnnl, Direction direction, Images images, Workers workers) {
        boolean isInput = direction == Direction.INPUT;
        Shape w = images.w();
        boolean isFew = direction == Direction.WEIGHTS && images.positions() <= FEW_POSITIONS;
        int channels = isFew ? FEWER_CHANNELS : CHANNELS;
        Images part = isInput
                ? images.of(images.x().with(1, channels), w.with(1, channels))
                : images.of(images.x(), w.with(0, channels));
        return new ChannelwiseConvolution(
                direction, images, new PreparedConvolution(dnnl, direction, part), channels, workers);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] from = inputs[1].floats();
        float[] to = outputs[0].floats();
        MemorySegment a = prepared.left().in(inputs[0].floats(), 0);
        workers.run(right.size(), part -> {
            MemorySegment b = prepared.right().in(from, right.get(part));
            MemorySegment c = prepared.run(a, b);
            Scratch.SHARED.giveBack(b);
            prepared.result().out(c, to, result.get(part));
        });
        Scratch.SHARED.giveBack(a);
    }

    /// Where a part's channels lie in an argument: in front in weights, except for those by the input, else behind the images
    /// or last.
    private Pieces pieces(int argument, int part) {
        Shape shape = Direction.shape(images, argument);
        if (Direction.strides(images, argument)[1] == 1 && !Direction.isWeights(argument)) {
            int all = (int) shape.dim(1);
            return new Pieces(part * channels, (int) (shape.count() / all), channels, all);
        }
        boolean isInFront = Direction.isWeights(argument) && direction != Direction.INPUT;
        int axis = isInFront ? 0 : 1;
        int channel = (int) shape.part(axis + 1, shape.rank()).count();
        int length = channels * channel;
        int count = isInFront ? 1 : (int) shape.dim(0);
        return new Pieces(part * length, count, length, (int) shape.dim(axis) * channel);
    }
}
