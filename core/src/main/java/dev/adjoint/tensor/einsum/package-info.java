/// Sums of products by the names of their axes. In come subscripts and tensors; out come permutations, diagonals, matrix
/// products and sums in the cheapest order that was found, so derivatives follow from those.
@NullMarked
package dev.adjoint.tensor.einsum;

import org.jspecify.annotations.NullMarked;
