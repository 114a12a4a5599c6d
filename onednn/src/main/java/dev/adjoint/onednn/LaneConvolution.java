package dev.adjoint.onednn;

import dev.adjoint.onednn.Dnnl.Sliding;
import dev.adjoint.onednn.Dnnl.Tensors;
import dev.adjoint.onednn.Primitive.Argument;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The convolution of sixteen planes of single numbers, each with a kernel of its own: to the library, of one image with
/// sixteen groups of one channel. All three lie as `[rows,columns,planes]`.
final class LaneConvolution {
    private static final String TENSOR = "dnnl_memory_desc_destroy";

    private final long taps;
    private final long positions;
    private final Primitive primitive;

    /// @param plane rows and columns of a plane
    /// @param taps those of a kernel
    /// @throws IllegalStateException if the library has no code of its own for it
    LaneConvolution(Dnnl dnnl, Window window, Shape plane, Shape taps) {
        Natives natives = new Natives(this, dnnl);
        long lanes = ImageLanes.COUNT;
        Shape result = window.positions(plane, taps);
        MemorySegment x =
                natives.own(TENSOR, dnnl.imagesBySixteen(plane.prepend(1, lanes).dims()));
        MemorySegment w = natives.own(
                TENSOR, dnnl.kernelsBySixteen(taps.prepend(lanes, 1, 1).dims()));
        MemorySegment y = natives.own(
                TENSOR, dnnl.imagesBySixteen(result.prepend(1, lanes).dims()));
        Sliding sliding = Images.sliding(window);
        MemorySegment description = dnnl.convolution(new Tensors(x, w, MemorySegment.NULL, y), sliding);
        this.taps = taps.count() * lanes;
        this.positions = result.count() * lanes;
        this.primitive = new Primitive(
                dnnl,
                description,
                List.of(
                        new Argument(Dnnl.SOURCE, x),
                        new Argument(Dnnl.WEIGHTS, w),
                        new Argument(Dnnl.DESTINATION, y)));
        if (!Product.isFast(dnnl, description)) {
            throw new IllegalStateException("the library has no code of its own for a convolution of lanes");
        }
    }

    /// Convolves the same planes with several kernels that follow each other; so do the results.
    void run(MemorySegment x, MemorySegment kernels, MemorySegment results, int count) {
        for (int i = 0; i < count; i++) {
            primitive.run(
                    x.address(),
                    kernels.address() + i * taps * Float.BYTES,
                    results.address() + i * positions * Float.BYTES);
        }
    }
}
