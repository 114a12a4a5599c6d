package dev.adjoint.op.contraction;

import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// What the operands of a convolution must satisfy.
record ConvolutionLaw(String operator, Window window, long groups) {
    void check(TensorType x, TensorType w) {
        int rank = window.rank() + 2;
        if (x.rank() != rank || w.rank() != rank) {
            throw mismatch(
                    x,
                    w,
                    "both operands need " + rank + " axes: batch, channels and " + window.rank() + " spatial"
                            + (x.rank() == rank - 1 ? ". A single example becomes a batch by x.expand(0)" : ""));
        }
        if (groups < 1 || x.dim(1) % groups != 0 || w.dim(0) % groups != 0) {
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
