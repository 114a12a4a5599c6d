package dev.adjoint.nn;

import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;

/// An affine map: y = x·W + b.
///
/// x is `[…,in]`, y is `[…,out]`.
///
/// @param weight W, `[in,out]`
/// @param bias b, `[out]`
public record Linear(Tensor weight, Tensor bias) implements Layer {
    /// Weights for a ramp to follow ([Init#heNormal]), bias 0.
    public static Linear init(Key key, long in, long out) {
        return new Linear(Init.heNormal(key, in, in, out), Init.zeros(out));
    }

    /// Weights for scores or a saturating function to follow ([Init#glorotUniform]), bias 0.
    public static Linear readout(Key key, long in, long out) {
        return new Linear(Init.glorotUniform(key, in, out, in, out), Init.zeros(out));
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.matmul(weight).add(bias);
    }
}
