package dev.adjoint.onednn;

import dev.adjoint.onednn.Dnnl.Sliding;
import dev.adjoint.onednn.Dnnl.Tensors;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/// A convolution, or one of its transposes: which arguments it reads, left and right, and which it writes.
enum Direction {
    FORWARD(Dnnl.SOURCE, Dnnl.WEIGHTS, Dnnl.DESTINATION),
    INPUT(Dnnl.DESTINATION_GRADIENT, Dnnl.WEIGHTS, Dnnl.SOURCE_GRADIENT),
    WEIGHTS(Dnnl.SOURCE, Dnnl.DESTINATION_GRADIENT, Dnnl.WEIGHTS_GRADIENT);

    /// Channels from which a gradient by the weights likes them last.
    private static final long FEW_CHANNELS = 4;

    /// Channels that the library's own layouts keep together: where the last ones fill no such block, its gradient by the weights
    /// takes half the vector or twice the time.
    private static final long BLOCK = 16;

    /// Channels and positions from which the other two do.
    private static final long MANY_CHANNELS = 32;

    private static final long MANY_POSITIONS = 64;

    /// Channels from which it pays to move them.
    private static final long CHANNELS_THAT_PAY = 256;

    private static final String TENSOR = "dnnl_memory_desc_destroy";

    final int left;
    final int right;
    final int result;

    Direction(int left, int right, int result) {
        this.left = left;
        this.right = right;
        this.result = result;
    }

    /// Whether an argument is the kernel or its gradient.
    static boolean isWeights(int argument) {
        return argument == Dnnl.WEIGHTS || argument == Dnnl.WEIGHTS_GRADIENT;
    }

    /// How an argument lies in its array.
    static long[] strides(Images images, int argument) {
        Shape shape = shape(images, argument);
        return switch (argument) {
            case Dnnl.SOURCE, Dnnl.SOURCE_GRADIENT -> images.channels().x().strides(shape);
            case Dnnl.WEIGHTS, Dnnl.WEIGHTS_GRADIENT -> shape.strides();
            default -> images.channels().y().strides(shape);
        };
    }

    /// The shape of an argument.
    static Shape shape(Images images, int argument) {
        return switch (argument) {
            case Dnnl.SOURCE, Dnnl.SOURCE_GRADIENT -> images.x();
            case Dnnl.WEIGHTS, Dnnl.WEIGHTS_GRADIENT -> images.kernel();
            default -> images.y();
        };
    }

    /// The description of the primitive; the layout of the kernel is its own choice.
    ///
    /// @param bias the layout of what is added to the channels of the result, or null
    MemorySegment describe(Dnnl dnnl, Natives natives, Images images, MemorySegment bias) {
        Function<Shape, MemorySegment> layout = likesChannelsLast(images)
                ? shape -> dnnl.tensor(shape.dims(), Channels.LAST.strides(shape))
                : shape -> dnnl.tensor(shape.dims());
        Tensors tensors = new Tensors(
                natives.own(TENSOR, layout.apply(images.x())),
                natives.own(TENSOR, dnnl.tensor(images.kernel().dims())),
                bias,
                natives.own(TENSOR, layout.apply(images.y())));
        Sliding sliding = images.sliding();
        MemorySegment forward = dnnl.convolution(tensors, sliding);
        if (this == FORWARD) {
            return forward;
        }
        natives.own("dnnl_primitive_desc_destroy", forward);
        return this == INPUT
                ? dnnl.convolutionInput(tensors, sliding, forward)
                : dnnl.convolutionWeights(tensors, sliding, forward);
    }

    /// Whether the library is faster with the channels last; it does not choose so by itself. Measured on AVX-512, where it is
    /// by a tenth; for small images and few channels it is slower, and so is a gradient by the weights of a strided window, if it
    /// is small or its images have to be moved. A gradient by the weights of channels that fill no block is 1.3 to 3 times as fast,
    /// moves counted.
    private boolean likesChannelsLast(Images images) {
        long in = images.x().dim(1);
        long out = images.w().dim(0);
        if (images.groups() > 1) {
            return false;
        }
        return this == WEIGHTS
                ? in >= FEW_CHANNELS
                        && (!images.isStrided() || (areThere(images) && images.positions() >= MANY_POSITIONS))
                        && (pays(images) || leavesBlockOpen(images))
                : Math.min(in, out) >= MANY_CHANNELS && images.positions() >= MANY_POSITIONS && pays(images);
    }

    /// Whether the last channels of the input fill no block; measured on lines and planes only.
    private static boolean leavesBlockOpen(Images images) {
        return images.x().dim(1) % BLOCK != 0 && images.window().rank() <= 2;
    }

    private static boolean areThere(Images images) {
        return images.channels().x() == Channels.LAST && images.channels().y() == Channels.LAST;
    }

    /// Whether the gain is more than what bringing the channels to the end and back costs, where they are not there.
    private static boolean pays(Images images) {
        return areThere(images) || Math.min(images.x().dim(1), images.w().dim(0)) >= CHANNELS_THAT_PAY;
    }
}
