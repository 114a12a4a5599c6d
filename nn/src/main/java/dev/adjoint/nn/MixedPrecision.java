package dev.adjoint.nn;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;

/// Mixed precision: y = f(x) computed in a narrow type with narrow copies of wide weights; y has the type of x, or f32
/// where x holds integers.
///
/// x and y are of the shapes that f takes and gives. Weights, gradients and optimiser stay wide; what the backward pass keeps is half as large. In bf16 gradients need no
/// scaling, since it has the exponents of f32.
///
/// Source: Micikevicius et al., "Mixed precision training", ICLR 2018; Kalamkar et al., "A study of BFLOAT16 for deep
/// learning training", arXiv:1905.12322.
///
/// {@snippet :
/// Tensor y = MixedPrecision.bf16(Linear.init(Key.of(1), 8, 8)).apply(x, Pass.evaluation());
/// }
///
/// @param inner f
/// @param narrow the type to compute in
public record MixedPrecision(Layer inner, DType narrow) implements Layer {
    public MixedPrecision {
        if (!narrow.isFloating()) {
            throw new InvalidArgument("mixed precision computes in a floating type, not in " + narrow);
        }
    }

    /// In bf16.
    public static MixedPrecision bf16(Layer inner) {
        return new MixedPrecision(inner, DType.BF16);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Layer narrowed = Tree.map(inner, wide -> pass.standingFor(wide, narrowed(wide)));
        Tensor y = narrowed.apply(narrowed(x), pass);
        // Tokens are integers; what comes of them is not.
        return y.to(x.dtype().isFloating() ? x.dtype() : DType.F32);
    }

    private Tensor narrowed(Tensor wide) {
        return wide.dtype().isFloating() ? wide.to(narrow) : wide;
    }
}
