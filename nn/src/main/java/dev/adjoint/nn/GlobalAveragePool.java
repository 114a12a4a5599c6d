package dev.adjoint.nn;

import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/// The mean of every channel over all its positions: `[N,C,…]` to `[N,C]`.
///
/// Source: Lin, Chen, Yan, "Network in network", 2013.
///
/// {@snippet :
/// Tensor y = new GlobalAveragePool().apply(x, Pass.evaluation());
/// }
public record GlobalAveragePool() implements Layer {
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        if (x.rank() < 3) {
            throw new ShapeMismatch(
                    "globalaveragepool", List.of(x.type()), "x must be [N,C,…] with at least one axis inside");
        }
        return x.mean(IntStream.range(2, x.rank()).toArray());
    }
}
