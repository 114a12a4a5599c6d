package dev.adjoint.nn;

import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/// The largest number of every channel over all its positions: `[N,C,…]` to `[N,C]`.
///
/// {@snippet :
/// Tensor y = new GlobalMaxPool().apply(x, Pass.evaluation());
/// }
public record GlobalMaxPool() implements Layer {
    /// @throws ShapeMismatch if there is no spatial axis
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        if (x.rank() < 3) {
            throw new ShapeMismatch(
                    "globalmaxpool", List.of(x.type()), "x must be [N,C,…] with at least one axis inside");
        }
        return x.max(IntStream.range(2, x.rank()).toArray());
    }
}
