package dev.adjoint.onednn;

import dev.adjoint.onednn.Port.Plain;
import dev.adjoint.onednn.Primitive.Argument;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A convolution, or one of its transposes, for a number of images: the primitive, and the ways in and out of its layouts.
final class PreparedConvolution {
    private final Natives natives;
    private final Primitive primitive;
    private final Port left;
    private final Port right;
    private final Port result;
    private final Argument kernel;
    private final Plain plainKernel;

    /// @throws IllegalStateException if the library has no primitive for it
    PreparedConvolution(Dnnl dnnl, Direction direction, Images images) {
        this.natives = new Natives(this, dnnl);
        MemorySegment description = direction.describe(dnnl, natives, images);
        Argument a = new Argument(direction.left, dnnl.chosen(description, direction.left));
        Argument b = new Argument(direction.right, dnnl.chosen(description, direction.right));
        Argument c = new Argument(direction.result, dnnl.chosen(description, direction.result));
        this.primitive = new Primitive(dnnl, description, List.of(a, b, c));
        this.left = port(dnnl, images, a);
        this.right = port(dnnl, images, b);
        this.result = port(dnnl, images, c);
        this.kernel = direction == Direction.WEIGHTS ? c : b;
        this.plainKernel = plain(images, kernel);
    }

    private static Plain plain(Images images, Argument argument) {
        return new Plain(Direction.shape(images, argument.name()), Direction.strides(images, argument.name()));
    }

    private Port port(Dnnl dnnl, Images images, Argument argument) {
        return new Port(dnnl, natives, plain(images, argument), argument.tensor());
    }

    Port left() {
        return left;
    }

    Port right() {
        return right;
    }

    Port result() {
        return result;
    }

    /// A way of the kernel, or of its gradient, for several threads; it lives as long as this.
    WeightsPort weights(Dnnl dnnl) {
        return new WeightsPort(dnnl, natives, plainKernel, kernel);
    }

    /// The result of both operands in the layouts of the primitive, in such a layout and in borrowed memory.
    MemorySegment run(MemorySegment a, MemorySegment b) {
        MemorySegment c = result.empty();
        primitive.run(a, b, c);
        return c;
    }
}
