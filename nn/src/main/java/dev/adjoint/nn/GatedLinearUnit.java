package dev.adjoint.nn;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;

/// One half of the channels lets the other half through: y = a·f(b) for x = (a, b) along the last axis. With f = σ it is the
/// GLU, with f = silu the SwiGLU, with f = gelu the GEGLU.
///
/// x is `[…,2·width]`, y is `[…,width]`. `GLU` of PyTorch. Sources: Dauphin, Fan, Auli, Grangier, "Language modeling with gated
/// convolutional networks", 2017; Shazeer, "GLU variants improve transformer", 2020.
///
/// {@snippet :
/// Tensor y = GatedLinearUnit.sigmoid().apply(x, Pass.evaluation());
/// }
///
/// @param gate f
public record GatedLinearUnit(Layer gate) implements Layer {
    /// f = σ
    public static GatedLinearUnit sigmoid() {
        return new GatedLinearUnit(Activation.sigmoid());
    }

    /// @throws InvalidArgument if the last axis cannot be halved
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        if (x.rank() < 1 || x.dim(-1) % 2 != 0) {
            throw new InvalidArgument(
                    "a gated linear unit halves the last axis, so it needs an even width, not " + x.type());
        }
        long half = x.dim(-1) / 2;
        return x.slice(-1, 0, half).mul(gate.apply(x.slice(-1, half, 2 * half), pass));
    }
}
