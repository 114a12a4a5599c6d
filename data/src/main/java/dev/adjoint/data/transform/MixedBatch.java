package dev.adjoint.data.transform;

import dev.adjoint.tensor.Tensor;

/// Examples that are each a mixture of two: the loss of one is share·loss(labels) + (1 − share)·loss(otherLabels).
///
/// @param features `f32[batch, …]`
/// @param labels the class of the first of both, `i64[batch]`
/// @param otherLabels the class of the second, `i64[batch]`
/// @param share how much of the mixture is the first, `f32[batch]`, 0 … 1
public record MixedBatch(Tensor features, Tensor labels, Tensor otherLabels, Tensor share) {}
