package dev.adjoint.tensor;

/// A record of tensors that belong to a model, but are measured while it is trained instead of learned: no gradient reaches
/// them, no optimiser moves them, and they do not count as weights. See [Tree#learned].
public interface Measured {}
