package dev.adjoint.nn;

import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// A form that is linear in each of two operands: y_o = lᵀ·W_o·r + b_o.
///
/// l is `[…,left]`, r is `[…,right]`, y is `[…,out]`. Matches `Bilinear` of PyTorch.
///
/// {@snippet :
/// Tensor y = Bilinear.init(Key.of(1), 3, 4, 5).apply(l, r);
/// }
///
/// @param weight W, `[out,left,right]`
/// @param bias b, `[out]`
public record Bilinear(Tensor weight, Tensor bias) {
    /// Uniform numbers of variance 1/(left·right), bias 0.
    public static Bilinear init(Key key, long left, long right, long out) {
        return new Bilinear(Init.lecunUniform(key, left * right, out, left, right), Init.zeros(out));
    }

    /// The form of two batches.
    ///
    /// @throws ShapeMismatch if they do not fit the weights or each other
    public Tensor apply(Tensor left, Tensor right) {
        boolean fits = left.rank() >= 1
                && right.rank() == left.rank()
                && left.shape().leading(1).equals(right.shape().leading(1))
                && Shape.of(left.dim(-1), right.dim(-1)).equals(weight.shape().trailing(2));
        if (!fits) {
            throw new ShapeMismatch(
                    "bilinear",
                    List.of(left.type(), right.type(), weight.type()),
                    "l […,left] and r […,right] need weights [out,left,right]");
        }
        Tensor rows = left.expand(-2).expand(-2).matmul(weight).squeeze(-2);
        return rows.mul(right.expand(-2)).sum(-1).add(bias);
    }
}
