package dev.adjoint.op.contraction;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// What the operands of a convolution must satisfy.
record ConvolutionLaw(String operator, Window window, long groups) {
    ConvolutionLaw {
        if (groups < 1) {
            throw new InvalidArgument(operator + " needs at least 1 channel group, not " + groups);
        }
    }

    /// The law that the extents given for every spatial axis are as many as the window has axes.
    void checkSpatial(String what, Shape extents) {
        if (extents.rank() != window.rank()) {
            throw new InvalidArgument(operator + " with a window over " + window.rank() + " axes needs as many " + what
                    + ", not " + extents);
        }
    }

    void check(TensorType x, TensorType w) {
        int rank = window.rank() + 2;
        if (x.rank() != rank || w.rank() != rank) {
            throw mismatch(
                    x,
                    w,
                    "both operands need " + rank + " axes: batch, channels and " + window.rank() + " spatial"
                            + (x.rank() == rank - 1 ? ". A single example becomes a batch by x.expand(0)" : ""));
        }
        if (x.dim(1) % groups != 0 || w.dim(0) % groups != 0) {
            throw mismatch(
                    x,
                    w,
                    "channels in (" + x.dim(1) + ") and out (" + w.dim(0) + ") must be multiples of " + groups
                            + " groups");
        }
        if (x.dim(1) != w.dim(1) * groups) {
            throw mismatch(
                    x,
                    w,
                    "the input has " + x.dim(1) + " channels (axis 1), the kernel expects " + w.dim(1)
                            + (groups == 1 ? "" : " in each of " + groups + " groups") + " (axis 1)");
        }
    }

    ShapeMismatch mismatch(TensorType x, TensorType w, String law) {
        return new ShapeMismatch(operator, List.of(x, w), law);
    }
}
