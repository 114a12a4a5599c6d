package dev.adjoint.onednn;

import dev.adjoint.onednn.Dnnl.Sliding;
import dev.adjoint.onednn.Dnnl.Tensors;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;

/// A convolution, or one of its transposes: which arguments it reads, left and right, and which it writes.
enum Direction {
    FORWARD(Dnnl.SOURCE, Dnnl.WEIGHTS, Dnnl.DESTINATION),
    INPUT(Dnnl.DESTINATION_GRADIENT, Dnnl.WEIGHTS, Dnnl.SOURCE_GRADIENT),
    WEIGHTS(Dnnl.SOURCE, Dnnl.DESTINATION_GRADIENT, Dnnl.WEIGHTS_GRADIENT);

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

    /// The shape of an argument.
    static Shape shape(Images images, int argument) {
        return switch (argument) {
            case Dnnl.SOURCE, Dnnl.SOURCE_GRADIENT -> images.x();
            case Dnnl.WEIGHTS, Dnnl.WEIGHTS_GRADIENT -> images.kernel();
            default -> images.y();
        };
    }

    /// The description of the primitive, with layouts of its own choice.
    MemorySegment describe(Dnnl dnnl, Natives natives, Images images) {
        Tensors any = new Tensors(
                any(dnnl, natives, images.x()), any(dnnl, natives, images.kernel()), any(dnnl, natives, images.y()));
        Sliding sliding = images.sliding();
        MemorySegment forward = dnnl.convolution(any, sliding);
        if (this == FORWARD) {
            return forward;
        }
        natives.own("dnnl_primitive_desc_destroy", forward);
        return this == INPUT
                ? dnnl.convolutionInput(any, sliding, forward)
                : dnnl.convolutionWeights(any, sliding, forward);
    }

    private static MemorySegment any(Dnnl dnnl, Natives natives, Shape shape) {
        return natives.own("dnnl_memory_desc_destroy", dnnl.tensor(shape.dims()));
    }
}
