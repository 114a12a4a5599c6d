package dev.adjoint.nn.transformer;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Rotary positions: the pair (xᵢ, xᵢ₊d/₂) of a vector at position p is turned by the angle p·base^(−2i/d), so that the product
/// of a query and a key depends on the distance of their positions alone.
///
/// x and y are `[…,T,d]` with an even d. Source: Su and others, "RoFormer: enhanced transformer with rotary position
/// embedding", 2021; pairs as in GPT-NeoX and Llama.
///
/// {@snippet :
/// MultiHeadAttention attention = MultiHeadAttention.init(Key.of(1), 8, 64).rotary(Rotary.usual());
/// }
///
/// @param base 10,000 in the paper
public record Rotary(double base) {
    public Rotary {
        if (!(base > 1)) {
            throw new InvalidArgument("the base of rotary positions is above 1, not " + base);
        }
    }

    /// Base 10,000.
    public static Rotary usual() {
        return new Rotary(10_000);
    }

    /// The vectors turned.
    ///
    /// @param positions the positions of the T vectors, integers `[T]`
    public Tensor apply(Tensor x, Tensor positions) {
        long half = x.dim(-1) / 2;
        if (2 * half != x.dim(-1)) {
            throw new InvalidArgument("rotary positions turn pairs, so vectors need an even width, not " + x.dim(-1));
        }
        Tensor pair = positions.iota(TensorType.of(DType.F64, half), 0);
        Tensor speed = pair.mul(-2 * Math.log(base) / (double) x.dim(-1)).exp();
        Tensor angle = positions.to(DType.F64).expand(1).mul(speed);
        Tensor cos = angle.cos().to(x.dtype());
        Tensor sin = angle.sin().to(x.dtype());
        Tensor left = x.slice(-1, 0, half);
        Tensor right = x.slice(-1, half, 2 * half);
        return Tensor.concat(
                -1, List.of(left.mul(cos).sub(right.mul(sin)), left.mul(sin).add(right.mul(cos))));
    }
}
