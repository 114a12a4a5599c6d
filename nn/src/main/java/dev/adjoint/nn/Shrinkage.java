package dev.adjoint.nn;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;

/// Small numbers become 0: with a threshold λ, y = x where |x| > λ else 0 (hard), or y = x − clamp(x, −λ, λ) (soft), which
/// also takes λ off the large ones.
///
/// x and y are of any shape. `Hardshrink` and `Softshrink` of PyTorch. Source: Donoho, "De-noising by soft-thresholding",
/// 1995.
///
/// {@snippet :
/// Tensor y = Shrinkage.soft(0.5).apply(x, Pass.evaluation());
/// }
///
/// @param threshold λ, at least 0
/// @param form what becomes of large numbers
public record Shrinkage(double threshold, Form form) implements Layer {
    /// What becomes of large numbers.
    public enum Form {
        /// They stay.
        HARD,
        /// They come closer to 0 by the threshold.
        SOFT
    }

    public Shrinkage {
        if (!(threshold >= 0)) {
            throw new InvalidArgument("a shrinkage has a threshold of at least 0, not " + threshold);
        }
    }

    /// Large numbers stay.
    public static Shrinkage hard(double threshold) {
        return new Shrinkage(threshold, Form.HARD);
    }

    /// Large numbers come closer to 0.
    public static Shrinkage soft(double threshold) {
        return new Shrinkage(threshold, Form.SOFT);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return switch (form) {
            case HARD -> x.abs().gt(threshold).where(x, x.constant(0));
            case SOFT -> x.sub(x.clamp(-threshold, threshold));
        };
    }
}
