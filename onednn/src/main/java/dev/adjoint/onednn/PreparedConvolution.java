package dev.adjoint.onednn;

import dev.adjoint.compile.Epilogue;
import dev.adjoint.onednn.Port.Plain;
import dev.adjoint.onednn.Primitive.Argument;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        this(dnnl, direction, images, Optional.empty());
    }

    /// @param epilogue whose bias is added, if there is one
    /// @throws IllegalStateException if the library has no primitive for it
    PreparedConvolution(Dnnl dnnl, Direction direction, Images images, Optional<Epilogue> epilogue) {
        this.natives = new Natives(this, dnnl);
        MemorySegment bias = epilogue.map(_ -> row(dnnl, images.w().dim(0))).orElse(MemorySegment.NULL);
        MemorySegment description = direction.describe(dnnl, natives, images, bias);
        Argument a = new Argument(direction.left, dnnl.chosen(description, direction.left));
        Argument b = new Argument(direction.right, dnnl.chosen(description, direction.right));
        Argument c = new Argument(direction.result, dnnl.chosen(description, direction.result));
        List<Argument> arguments = new ArrayList<>(List.of(a, b, c));
        epilogue.ifPresent(_ -> arguments.add(new Argument(Dnnl.BIAS, bias)));
        this.primitive = new Primitive(dnnl, description, arguments);
        this.left = port(dnnl, images, a);
        this.right = port(dnnl, images, b);
        this.result = port(dnnl, images, c);
        this.kernel = direction == Direction.WEIGHTS ? c : b;
        this.plainKernel = plain(images, kernel);
    }

    private MemorySegment row(Dnnl dnnl, long channels) {
        return natives.own("dnnl_memory_desc_destroy", dnnl.tensor(new long[] {channels}, new long[] {1}));
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

    /// The same with a bias.
    MemorySegment run(MemorySegment a, MemorySegment b, MemorySegment bias) {
        MemorySegment c = result.empty();
        primitive.run(a.address(), b.address(), c.address(), bias.address());
        return c;
    }
}
