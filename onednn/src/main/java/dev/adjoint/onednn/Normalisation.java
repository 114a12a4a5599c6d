package dev.adjoint.onednn;

import dev.adjoint.op.Op;
import dev.adjoint.op.composite.LayerNorm;
import dev.adjoint.op.composite.LayerNormGradient;
import dev.adjoint.op.composite.RmsNorm;
import java.util.List;
import java.util.Optional;

/// A normalisation of rows as the library wants it told.
///
/// @param epsilon what is added to the variance or the mean square
/// @param flags which weights there are, and whether the mean is left in
record Normalisation(float epsilon, int flags) {
    private static final int SCALE = 2;
    private static final int SHIFT = 4;
    private static final int ROOT_MEAN_SQUARE = 32;

    /// That of an operator or of its reverse rule. The library's reverse rule of the root of the mean square (3.11) subtracts the mean
    /// of the cotangents, as that of layer normalisation does: another function, so it is left to the expansion.
    static Optional<Normalisation> of(Op op) {
        return switch (op) {
            case LayerNorm(double epsilon) -> Optional.of(new Normalisation((float) epsilon, SCALE | SHIFT));
            case LayerNormGradient(double epsilon) -> Optional.of(new Normalisation((float) epsilon, SCALE | SHIFT));
            case RmsNorm(double epsilon) -> Optional.of(new Normalisation((float) epsilon, SCALE | ROOT_MEAN_SQUARE));
            default -> Optional.empty();
        };
    }

    /// Without weights, for the sake of the statistics.
    Normalisation plain() {
        return new Normalisation(epsilon, flags & ~(SCALE | SHIFT));
    }

    /// How the primitives call the weights.
    List<Integer> weights() {
        return (flags & SHIFT) == 0 ? List.of(Dnnl.SCALE) : List.of(Dnnl.SCALE, Dnnl.SHIFT);
    }
}
