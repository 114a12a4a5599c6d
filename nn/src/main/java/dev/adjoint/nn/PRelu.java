package dev.adjoint.nn;

import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;

/// A ramp whose slope on the left is learned: y = x for x > 0, else a·x.
///
/// x and y are `[N,C,…]`, or any shape with one slope for all. Source: He, Zhang, Ren, Sun, "Delving deep into rectifiers",
/// ICCV 2015.
///
/// {@snippet :
/// Tensor y = PRelu.init(16).apply(x, Pass.evaluation());
/// }
///
/// @param slope a, `[C]`, or `[1]` for all channels
public record PRelu(Tensor slope) implements Layer {
    /// a = 1/4 for every channel.
    public static PRelu init(long channels) {
        return new PRelu(Init.constant(0.25, channels));
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        long channels = slope.dim(0);
        boolean along = channels > 1 && x.rank() > 1;
        return x.prelu(
                along ? slope.reshape(Shape.of(channels).append(Shape.scalar().padded(x.rank() - 2))) : slope);
    }
}
