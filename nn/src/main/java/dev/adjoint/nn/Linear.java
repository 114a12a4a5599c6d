package dev.adjoint.nn;

import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import java.util.Optional;

/// An affine map: y = x·W + b, or a linear one without b.
///
/// x is `[…,in]`, y is `[…,out]`.
///
/// {@snippet :
/// Tensor y = Linear.init(Key.of(1), 784, 10).apply(x, Pass.evaluation());
/// }
///
/// @param weight W, `[in,out]`
/// @param bias b, `[out]`, or nothing
public record Linear(Tensor weight, Optional<Tensor> bias) implements Layer {
    /// With a bias.
    public Linear(Tensor weight, Tensor bias) {
        this(weight, Optional.of(bias));
    }

    /// Weights for a ramp to follow ([Init#heNormal]), bias 0.
    public static Linear init(Key key, long in, long out) {
        return new Linear(Init.heNormal(key, in, in, out), Init.zeros(out));
    }

    /// Weights for scores or a saturating function to follow ([Init#glorotUniform]), bias 0.
    public static Linear readout(Key key, long in, long out) {
        return new Linear(Init.glorotUniform(key, in, out, in, out), Init.zeros(out));
    }

    /// The same weight and no bias.
    public Linear unbiased() {
        return new Linear(weight, Optional.empty());
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor y = x.matmul(weight);
        return bias.map(y::add).orElse(y);
    }
}
