package dev.adjoint.op;

import dev.adjoint.tensor.Tensor;
import java.util.List;

/// An operator that is not made of others and therefore knows its own derivative.
///
/// The two rules describe one linear map, ∂f, read forward and transposed. Both are written in the differentiable
/// vocabulary of [Tensor], so derivatives of every order follow. Families implement both from one stated fact.
public sealed interface Primitive extends Op
        permits Elementwise, Reduction, Contraction, Movement, Indexing, Source, CustomOp {
    /// The tangents of the results: Σᵢ ∂f/∂xᵢ · tᵢ over the operands that move.
    ///
    /// Called only if at least one operand moves.
    List<Tensor> jvp(Call call, Tangents tangents);

    /// The cotangent of one operand: (∂f/∂xᵢ)ᵀ · ct, in the operand's own shape.
    ///
    /// Called only for operands of floating type that something depends on.
    Tensor vjp(Call call, int operand, List<Tensor> cotangents);

    /// The same operator on operands that have, where [Batched#isMapped], gained a batch axis in front; every result has
    /// the batch axis in front.
    List<Tensor> batch(Batched operands);
}
