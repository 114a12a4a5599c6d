package dev.adjoint.data;

/// A data set in two disjoint parts.
///
/// @param train the part to learn from
/// @param test the part held out to measure with
public record Split(Dataset train, Dataset test) {}
