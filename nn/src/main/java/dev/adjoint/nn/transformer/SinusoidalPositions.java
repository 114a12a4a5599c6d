package dev.adjoint.nn.transformer;

import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Pass;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Adds waves of the position p: y₂ᵢ = x₂ᵢ + sin(p·10000^(−2i/width)) and y₂ᵢ₊₁ = x₂ᵢ₊₁ + cos(p·10000^(−2i/width)).
///
/// x and y are `[N,T,width]` with an even width. Source: Vaswani and others, "Attention is all you need", 2017.
///
/// {@snippet :
/// Tensor y = new SinusoidalPositions().apply(x, Pass.evaluation());
/// }
public record SinusoidalPositions() implements Layer {
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        check(x);
        return at(x, x.iota(TensorType.of(DType.I64, x.dim(1)), 0));
    }

    /// The waves of some positions added.
    ///
    /// @param positions p, integers `[T]`
    public Tensor at(Tensor x, Tensor positions) {
        check(x);
        Tensor pair = x.iota(TensorType.of(DType.F64, x.dim(2) / 2), 0);
        Tensor angle = positions
                .to(DType.F64)
                .expand(1)
                .mul(pair.mul(-2 * Math.log(10_000) / (double) x.dim(2)).exp());
        Tensor waves = Tensor.stack(2, List.of(angle.sin(), angle.cos()));
        return x.add(waves.reshape(x.dim(1), x.dim(2)).to(x.dtype()));
    }

    private static void check(Tensor x) {
        if (x.rank() != 3 || x.dim(2) % 2 != 0) {
            throw new ShapeMismatch("positions", List.of(x.type()), "x must be [N,T,width] with an even width");
        }
    }
}
