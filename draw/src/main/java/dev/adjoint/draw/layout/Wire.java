package dev.adjoint.draw.layout;

/// A connection between two boxes, given by their numbers.
///
/// @param from the box it starts at
/// @param out which of that box's starts
/// @param to the box it ends at
/// @param in which of that box's ends
public record Wire(int from, int out, int to, int in) {}
