package dev.adjoint.tensor.spatial;

import dev.adjoint.tensor.Tensor;

/// The largest elements of windows, and where they were.
///
/// @param values the largest elements
/// @param indices their places in row-major order of the pooled axes, i64
public record MaxPooled(Tensor values, Tensor indices) {}
